package tandem.token;

import java.util.Optional;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;

/// Which key a token request must prove to hold. [RFC 9449
/// §5](https://www.rfc-editor.org/rfc/rfc9449#section-5)
public final class SenderConstraint {

    private SenderConstraint() {}

    /// At redemption: the key that the codes were bound to.
    public static Outcome<Boolean> redemption(ClientRequest asked, Optional<String> bound) {
        return proven(asked, bound, "the codes are bound to another key");
    }

    /// At refresh: the key of the link. A confidential client has proved itself already, and may
    /// change its key.
    static Outcome<Boolean> refresh(ClientRequest asked, Optional<String> bound) {
        return proven(
                asked,
                asked.client().confidential() ? Optional.empty() : bound,
                "the refresh token is bound to another key");
    }

    private static Outcome<Boolean> proven(
            ClientRequest asked, Optional<String> bound, String otherwise) {
        boolean demanded = bound.isPresent() || asked.client().deviceAuthorization().requireDpop();
        if (demanded && asked.key().isEmpty()) {
            return Outcome.refused(
                    ErrorCode.INVALID_DPOP_PROOF, "the DPoP header with a proof is missing");
        }
        return bound.isEmpty() || bound.equals(asked.key())
                ? Outcome.ok(true)
                : Outcome.refused(ErrorCode.INVALID_GRANT, otherwise);
    }
}
