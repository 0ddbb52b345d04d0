package tandem.model;

import java.util.Optional;
import tandem.oauth.Sealed;

/// A login option.
///
/// @param displayName what its button says
/// @param provider for [Strategy#OIDC]: where people sign in
public record Connection(
        String name, Strategy strategy, String displayName, Optional<Provider> provider) {

    public enum Strategy {
        PASSWORD,
        OIDC
    }

    /// Tandem's registration at an OpenID provider.
    public record Provider(String issuer, String clientId, Sealed clientSecret) {}
}
