package tandem.device;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import tandem.account.Telling;
import tandem.model.DeviceAuthorization;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.oauth.Profile;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.token.Issuer;
import tandem.token.SummedLimits;
import tandem.web.Limits;

/// What the parts of this room share.
record DeviceFlow(
        Store store,
        LiveCodes live,
        SecretKeys keys,
        Limits limits,
        SummedLimits summed,
        Issuer issuer,
        Profile profile,
        InstantSource clock,
        SecureRandom random) {

    Telling telling() {
        return new Telling(store, limits, clock);
    }

    static Event expired(DeviceAuthorization asked, Instant now) {
        return Event.of(EventType.DEVICE_EXPIRED, now, Event.About.of(asked));
    }

    Instant now() {
        return clock.instant();
    }
}
