package tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tandem.oauth.ClientId;
import tandem.oauth.GrantType;
import tandem.oauth.SecretHash;

/// A registered client; on pages, an app. [RFC 6749
/// §2](https://www.rfc-editor.org/rfc/rfc6749#section-2)
///
/// @param firstParty skips the consent page, never the confirm page
/// @param secret keyed; empty for a client that has none
/// @param publicKeys JWKs, each as JSON: what it signs with to authenticate
/// @param idTokenLifetime how long an ID token is good for
/// @param connections names of the only login options; empty for all
/// @param logo path of a file served by Tandem
public record Client(
        ClientId id,
        String name,
        String appType,
        boolean firstParty,
        boolean enabled,
        ClientAuthenticationMethod authenticationMethod,
        Optional<SecretHash> secret,
        List<String> publicKeys,
        Set<GrantType> grantTypes,
        RefreshPolicy refreshToken,
        DevicePolicy deviceAuthorization,
        SigningAlgorithm idTokenAlgorithm,
        Duration idTokenLifetime,
        List<String> webOrigins,
        Optional<List<String>> connections,
        Optional<String> logo) {

    public static final Duration ID_TOKEN_LIFETIME = Duration.ofHours(10);

    public Client {
        publicKeys = List.copyOf(publicKeys);
        grantTypes = Set.copyOf(grantTypes);
        webOrigins = List.copyOf(webOrigins);
    }

    public boolean has(GrantType type) {
        return grantTypes.contains(type);
    }

    public boolean confidential() {
        return authenticationMethod != ClientAuthenticationMethod.NONE;
    }
}
