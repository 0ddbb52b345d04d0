package tandem.token;

import java.util.Optional;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.web.OAuthAnswer;
import tandem.web.Request;
import tandem.web.Response;

/// A bearer token in its header. [RFC 6750](https://www.rfc-editor.org/rfc/rfc6750)
public final class Bearer {

    private static final String SCHEME = "bearer";

    private Bearer() {}

    /// The token of the `Authorization` header.
    ///
    /// @return an empty token when the request carries no credentials at all, which is answered
    ///   without an error code (§3.1)
    public static Outcome<Optional<String>> token(Request request) {
        var headers = request.headers("Authorization");
        if (headers.isEmpty()) {
            return Outcome.ok(Optional.empty());
        }
        var parts = headers.getFirst().strip().split(" ", -1);
        boolean one = headers.size() == 1 && parts.length == 2 && !parts[1].isEmpty();
        return one && parts[0].equalsIgnoreCase(SCHEME)
                ? Outcome.ok(Optional.of(parts[1]))
                : Outcome.refused(
                        ErrorCode.INVALID_REQUEST,
                        "expected one header: Authorization: Bearer, a space and the token");
    }

    /// The answer to a request without credentials.
    public static Response challenge() {
        return Response.empty(401).with("WWW-Authenticate", "Bearer realm=\"tandem\"");
    }

    /// A refusal, told in the header as well (§3).
    public static Response refused(ErrorCode code, String description) {
        var challenge =
                "Bearer realm=\"tandem\", error=\""
                        + code.wire()
                        + "\", error_description=\""
                        + description
                        + '"';
        return OAuthAnswer.of(new tandem.oauth.Refusal(code, description))
                .with("WWW-Authenticate", challenge);
    }
}
