package tandem.model;

import java.time.Instant;
import java.util.Optional;
import tandem.oauth.Sealed;

/// A key that signs tokens: published before it signs, and as long as what it signed may live.
///
/// @param publicJwk JSON, public members only
/// @param privateJwk JSON, sealed
/// @param retiredUntil when a retired key leaves the JWKS
public record SigningKey(
        String kid,
        SigningAlgorithm algorithm,
        State state,
        String publicJwk,
        Sealed privateJwk,
        Instant createdAt,
        Optional<Instant> retiredUntil) {

    public enum State {
        NEXT,
        CURRENT,
        RETIRED
    }

    public SigningKey activated() {
        return new SigningKey(
                kid, algorithm, State.CURRENT, publicJwk, privateJwk, createdAt, retiredUntil);
    }

    public SigningKey retired(Instant until) {
        return new SigningKey(
                kid,
                algorithm,
                State.RETIRED,
                publicJwk,
                privateJwk,
                createdAt,
                Optional.of(until));
    }
}
