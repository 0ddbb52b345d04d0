package tandem.device;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.token.Issuer;
import tandem.web.Limits;

/// What the parts of this room share.
record DeviceFlow(
        Store store,
        LiveCodes live,
        SecretKeys keys,
        Limits limits,
        Issuer issuer,
        InstantSource clock,
        SecureRandom random) {

    Instant now() {
        return clock.instant();
    }
}
