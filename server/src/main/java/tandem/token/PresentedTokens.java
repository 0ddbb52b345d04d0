package tandem.token;

import java.util.Optional;
import tandem.keys.VerifyingKey;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.Refusal;
import tandem.web.OAuthAnswer;
import tandem.web.Request;
import tandem.web.Response;

/// The access token that a request presents in its header: a bearer token ([RFC 6750
/// §2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)), or one bound to a key, with a proof
/// of it ([RFC 9449 §7.1](https://www.rfc-editor.org/rfc/rfc9449#section-7.1)).
public record PresentedTokens(AccessTokens tokens, DpopProofs proofs) {

    private static final String BEARER = "Bearer realm=\"tandem\"";

    private static final String DPOP =
            "DPoP realm=\"tandem\", algs=\"" + String.join(" ", VerifyingKey.ALGORITHMS) + '"';

    private record Credentials(boolean bound, String token) {}

    /// The token, if it counts.
    ///
    /// @return nothing when the request carries no credentials at all, which is answered without an
    ///   error code ([RFC 6750 §3.1](https://www.rfc-editor.org/rfc/rfc6750#section-3.1))
    public Outcome<Optional<AccessTokens.Live>> live(Request request) {
        var headers = request.headers("Authorization");
        if (headers.isEmpty()) {
            return Outcome.ok(Optional.empty());
        }
        var credentials =
                headers.size() == 1
                        ? credentials(headers.getFirst())
                        : Optional.<Credentials>empty();
        return credentials.isEmpty()
                ? Outcome.refused(
                        ErrorCode.INVALID_REQUEST,
                        "expected one header: Authorization: Bearer (or DPoP), a space and the token")
                : live(request, credentials.get()).map(Optional::of);
    }

    private Outcome<AccessTokens.Live> live(Request request, Credentials credentials) {
        var said = tokens.read(credentials.token);
        var live = said.flatMap(tokens::live);
        if (live.isEmpty()) {
            return Outcome.refused(
                    ErrorCode.INVALID_TOKEN, "the token is not valid, or its device was unlinked");
        }
        var bound = said.get().key();
        if (bound.isPresent() != credentials.bound) {
            return Outcome.refused(
                    ErrorCode.INVALID_TOKEN,
                    bound.isPresent()
                            ? "the token is bound to a key: present it with scheme DPoP and a proof"
                            : "the token is bound to no key: present it with scheme Bearer");
        }
        if (bound.isEmpty()) {
            return Outcome.ok(live.get());
        }
        return proofs.key(request, Optional.of(credentials.token))
                .then(key -> {
                    if (key.isEmpty()) {
                        return Outcome.refused(
                                ErrorCode.INVALID_DPOP_PROOF, "the DPoP header is missing");
                    }
                    return key.equals(bound)
                            ? Outcome.ok(live.get())
                            : Outcome.refused(
                                    ErrorCode.INVALID_TOKEN, "the token is bound to another key");
                });
    }

    /// Both schemes, for a request without credentials.
    public static Response challenged(Response response) {
        return response.with("WWW-Authenticate", BEARER).with("WWW-Authenticate", DPOP);
    }

    /// A refusal as resource servers tell it: in the header, in the scheme that was tried.
    public Response refused(Refusal refusal, Request request) {
        return challenged(OAuthAnswer.of(refusal, status(refusal.code())), refusal, request);
    }

    /// The header of a refusal on an answer whose body is another's.
    public Response challenged(Response response, Refusal refusal, Request request) {
        return challenged(response, refusal, request, "");
    }

    /// The same where the token lacks a scope, which is named.
    public Response lacking(String scope, Response response, Request request) {
        var refusal = new Refusal(ErrorCode.INSUFFICIENT_SCOPE, "the token lacks a scope");
        return challenged(response, refusal, request, ", scope=\"" + scope + '"');
    }

    private Response challenged(Response response, Refusal refusal, Request request, String more) {
        boolean bound = request.header("Authorization").map(h -> isScheme(h, "dpop")).orElse(false);
        var challenge =
                (bound ? DPOP : BEARER)
                        + ", error=\""
                        + refusal.code().wire()
                        + "\", error_description=\""
                        + refusal.description()
                        + '"'
                        + more;
        var challenged = response.with("WWW-Authenticate", challenge);
        return bound ? challenged.with(DpopProofs.NONCE_HEADER, proofs.nonce()) : challenged;
    }

    /// Proofs are refused with 401 here, where the token endpoint says 400 ([RFC 9449
    /// §9](https://www.rfc-editor.org/rfc/rfc9449#section-9)).
    public static int status(ErrorCode code) {
        return code == ErrorCode.INVALID_DPOP_PROOF || code == ErrorCode.USE_DPOP_NONCE
                ? 401
                : code.status();
    }

    private static Optional<Credentials> credentials(String header) {
        var parts = header.strip().split(" ", -1);
        if (parts.length != 2 || parts[1].isEmpty()) {
            return Optional.empty();
        }
        if (isScheme(parts[0], "bearer")) {
            return Optional.of(new Credentials(false, parts[1]));
        }
        return isScheme(parts[0], "dpop")
                ? Optional.of(new Credentials(true, parts[1]))
                : Optional.empty();
    }

    private static boolean isScheme(String header, String scheme) {
        int space = header.indexOf(' ');
        return (space < 0 ? header : header.substring(0, space)).equalsIgnoreCase(scheme);
    }
}
