package tandem.manage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tandem.web.Fault;
import tandem.web.Json;
import tandem.web.Request;
import tandem.web.Response;

/// A refusal of the Management API, in the shape of Auth0's.
///
/// @param message what is wrong and what to do, for people
/// @param errorCode the same for programs
record Problem(int status, String message, String errorCode) {

    private static final Map<Integer, String> REASONS =
            Map.of(
                    400, "Bad Request",
                    401, "Unauthorized",
                    403, "Forbidden",
                    404, "Not Found",
                    405, "Method Not Allowed",
                    409, "Conflict",
                    413, "Content Too Large",
                    429, "Too Many Requests",
                    500, "Internal Server Error",
                    503, "Service Unavailable");

    /// The body is wrong in these places; nothing was changed.
    static Problem body(List<Mistake> mistakes) {
        return new Problem(400, joined(mistakes), "invalid_body");
    }

    static Problem query(List<Mistake> mistakes) {
        return new Problem(400, joined(mistakes), "invalid_query_string");
    }

    /// There is no such thing.
    ///
    /// @param kind as `user`
    static Problem inexistent(String kind) {
        return new Problem(404, "The " + kind + " does not exist.", "inexistent_" + kind);
    }

    private static String joined(List<Mistake> mistakes) {
        return mistakes.stream().map(Mistake::toString).collect(Collectors.joining("; "));
    }

    Response response() {
        var body = new LinkedHashMap<String, Object>();
        body.put("statusCode", status);
        body.put("error", REASONS.getOrDefault(status, "Error"));
        body.put("message", message);
        body.put("errorCode", errorCode);
        return Response.json(status, Json.bytes(body));
    }

    static Response tell(Fault fault, Request request, String id) {
        var problem =
                switch (fault) {
                    case BAD_REQUEST, FORBIDDEN ->
                            new Problem(400, "The request is malformed.", "invalid_request");
                    case NOT_FOUND -> new Problem(404, "There is no such endpoint.", "not_found");
                    case METHOD_NOT_ALLOWED ->
                            new Problem(
                                    405,
                                    "This endpoint does not take that method.",
                                    "method_not_allowed");
                    case TOO_LARGE -> new Problem(413, "The body is too large.", "too_large");
                    case TOO_MANY ->
                            new Problem(
                                    429, "Too many requests; ask less often.", "too_many_requests");
                    case SERVER_ERROR ->
                            new Problem(
                                    500,
                                    "Something went wrong here; the log names it " + id + ".",
                                    "server_error");
                    case UNAVAILABLE ->
                            new Problem(
                                    503,
                                    "The store is not available; try again.",
                                    "temporarily_unavailable");
                };
        var response = problem.response();
        return fault == Fault.UNAVAILABLE || fault == Fault.TOO_MANY
                ? response.with("Retry-After", "1")
                : response;
    }
}
