package tandem.model;

import java.util.Optional;
import tandem.oauth.SecretHash;

/// What a device ties its codes to from the first request on: to itself, and to the account that is
/// to approve.
///
/// @param codeChallenge S256 of the verifier demanded at redemption ([RFC 7636
///   §4.2](https://www.rfc-editor.org/rfc/rfc7636#section-4.2))
/// @param key thumbprint of the device's DPoP key ([RFC 9449
///   §10](https://www.rfc-editor.org/rfc/rfc9449#section-10))
/// @param loginHint keyed hash of the account expected to approve
public record Binding(
        Optional<String> codeChallenge, Optional<String> key, Optional<SecretHash> loginHint) {

    public static final Binding NONE =
            new Binding(Optional.empty(), Optional.empty(), Optional.empty());
}
