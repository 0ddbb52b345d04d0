package tandem.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tandem.oauth.Sealed;
import tandem.oauth.SecretHash;

/// A browser's trip to an OpenID provider and back. One for each tab; good once. [OpenID Connect
/// Core §3.1](https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth)
///
/// @param state hash of the `state` sent along
/// @param entry what the person was doing, to go on with it
/// @param secrets nonce and PKCE verifier, sealed
public record Trip(
        SecretHash state,
        String session,
        String connection,
        Optional<String> entry,
        Sealed secrets,
        Instant startedAt) {

    public static final Duration LIFETIME_MAX = Duration.ofMinutes(15);

    public boolean live(Instant now) {
        return now.isBefore(startedAt.plus(LIFETIME_MAX));
    }
}
