package tandem.web;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.Profile;
import tandem.oauth.Refusal;

/// Outcomes as OAuth answers them: JSON, never cached. [RFC 6749
/// §5](https://www.rfc-editor.org/rfc/rfc6749#section-5)
public final class OAuthAnswer {

    /// The answer given most often, made once.
    public static final Refusal PENDING =
            new Refusal(ErrorCode.AUTHORIZATION_PENDING, "the person has not decided yet");

    private static final Map<Profile, Response> PENDING_ANSWERS =
            new EnumMap<>(
                    Map.of(
                            Profile.RFC, made(PENDING, Profile.RFC),
                            Profile.AUTH0, made(PENDING, Profile.AUTH0)));

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

    /// A success that the client had preferred to wait for.
    public interface Waited {
        Optional<Duration> waited();
    }

    private OAuthAnswer() {}

    /// The value as the body of a 200, or the refusal.
    public static Response of(Outcome<? extends Object> outcome, Profile profile) {
        return switch (outcome) {
            case Outcome.Ok<?>(Nothing nothing) -> Response.empty(200);
            case Outcome.Ok<?>(Waited value) ->
                    applied(Response.json(200, Json.bytes(value)), value.waited());
            case Outcome.Ok<?>(var value) -> Response.json(200, Json.bytes(value));
            case Outcome.Refused<?>(var refusal) -> of(refusal, profile);
        };
    }

    private static Response of(Refusal refusal, Profile profile) {
        var pending = PENDING_ANSWERS.get(profile);
        return refusal.equals(PENDING) && pending != null ? pending : made(refusal, profile);
    }

    /// A refusal with a status of the caller's.
    public static Response of(Refusal refusal, int status) {
        return made(refusal, status);
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
        var response = made(new Refusal(code, text), code.status());
        return fault == Fault.UNAVAILABLE || fault == Fault.TOO_MANY
                ? response.with("Retry-After", "1")
                : response;
    }

    private static Response made(Refusal refusal, Profile profile) {
        return made(refusal, profile.status(refusal.code()));
    }

    private static Response made(Refusal refusal, int status) {
        var body = new LinkedHashMap<String, Object>();
        body.put("error", refusal.code().wire());
        body.put("error_description", refusal.description());
        boolean pace = refusal.code() == ErrorCode.SLOW_DOWN;
        if (pace) {
            refusal.retryAfter().ifPresent(wait -> body.put("interval", wholeSeconds(wait)));
        }
        var response = applied(Response.json(status, Json.bytes(body)), refusal.waited());
        return refusal.retryAfter()
                .map(wait -> response.with("Retry-After", Long.toString(wholeSeconds(wait))))
                .orElse(response);
    }

    private static Response applied(Response response, Optional<Duration> waited) {
        return waited.map(wait -> response.with("Preference-Applied", "wait=" + wait.toSeconds()))
                .orElse(response);
    }

    /// Rounded up: asking at the second named is never too soon.
    private static long wholeSeconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }
}
