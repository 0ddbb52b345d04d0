package tandem.web;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.Refusal;

/// Outcomes as OAuth answers them: JSON, never cached. [RFC 6749
/// §5](https://www.rfc-editor.org/rfc/rfc6749#section-5)
public final class OAuthAnswer {

    /// The answer given most often, made once.
    public static final Refusal PENDING =
            new Refusal(ErrorCode.AUTHORIZATION_PENDING, "the person has not decided yet");

    private static final Response PENDING_ANSWER = made(PENDING);

    private static final Map<Fault, ErrorCode> FAULTS =
            new EnumMap<>(
                    Map.of(
                            Fault.BAD_REQUEST, ErrorCode.INVALID_REQUEST,
                            Fault.FORBIDDEN, ErrorCode.INVALID_REQUEST,
                            Fault.NOT_FOUND, ErrorCode.NOT_FOUND,
                            Fault.METHOD_NOT_ALLOWED, ErrorCode.METHOD_NOT_ALLOWED,
                            Fault.TOO_LARGE, ErrorCode.TOO_LARGE,
                            Fault.TOO_MANY, ErrorCode.TOO_MANY_REQUESTS,
                            Fault.SERVER_ERROR, ErrorCode.SERVER_ERROR,
                            Fault.UNAVAILABLE, ErrorCode.TEMPORARILY_UNAVAILABLE));

    /// The value of an answer without a body.
    public enum Nothing {
        TO_SAY
    }

    private OAuthAnswer() {}

    /// The value as the body of a 200, or the refusal.
    public static Response of(Outcome<? extends Object> outcome) {
        return switch (outcome) {
            case Outcome.Ok<?>(Nothing nothing) -> Response.empty(200);
            case Outcome.Ok<?>(var value) -> Response.json(200, Json.bytes(value));
            case Outcome.Refused<?>(var refusal) -> of(refusal);
        };
    }

    public static Response of(Refusal refusal) {
        return refusal.code() == ErrorCode.AUTHORIZATION_PENDING ? PENDING_ANSWER : made(refusal);
    }

    /// Faults of the OAuth endpoints are OAuth errors too: clients give up on anything else.
    public static Response tell(Fault fault, Request request, String id) {
        var text =
                switch (fault) {
                    case BAD_REQUEST, FORBIDDEN -> "the request is malformed";
                    case NOT_FOUND -> "there is no such endpoint";
                    case METHOD_NOT_ALLOWED -> "this endpoint does not take that method";
                    case TOO_LARGE -> "the body is too large";
                    case TOO_MANY -> "too many requests; ask less often";
                    case SERVER_ERROR -> "something went wrong here; the log names it " + id;
                    case UNAVAILABLE ->
                            "the server is too busy or its store not available; try again";
                };
        var code = FAULTS.getOrDefault(fault, ErrorCode.SERVER_ERROR);
        var response = made(new Refusal(code, text));
        return fault == Fault.UNAVAILABLE || fault == Fault.TOO_MANY
                ? response.with("Retry-After", "1")
                : response;
    }

    private static Response made(Refusal refusal) {
        var body = new LinkedHashMap<String, Object>();
        body.put("error", refusal.code().wire());
        body.put("error_description", refusal.description());
        boolean pace = refusal.code() == ErrorCode.SLOW_DOWN;
        if (pace) {
            refusal.retryAfter().ifPresent(wait -> body.put("interval", wholeSeconds(wait)));
        }
        var response = Response.json(refusal.code().status(), Json.bytes(body));
        return refusal.retryAfter()
                .map(wait -> response.with("Retry-After", Long.toString(wholeSeconds(wait))))
                .orElse(response);
    }

    /// Rounded up: asking at the second named is never too soon.
    private static long wholeSeconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }
}
