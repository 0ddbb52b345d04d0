package tandem.account;

import java.time.InstantSource;
import java.util.Map;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.store.Store;
import tandem.web.Limits;
import tandem.web.Limits.Limit;

/// Tells the operator of refusals, at most once a minute for the same one: whoever tries again and
/// again must not fill the log.
public record Telling(Store store, Limits limits, InstantSource clock) {

    /// Somebody has come to a limit.
    ///
    /// @param who whom the limit counts: an address, or an address and a client
    public void limited(Limit limit, String who, Event.About about) {
        if (limits.worthTelling(limit, who)) {
            add(EventType.REQUESTS_LIMITED, about, Map.of("limit", limit.wire()));
        }
    }

    /// Something failed that a client should not have tried.
    ///
    /// @param what the same for what is the same
    public void failed(EventType type, String what, Event.About about, String error) {
        if (limits.worthTelling(Limit.DEVICE_CODES, type.wire() + ' ' + what + ' ' + error)) {
            add(type, about, Map.of("error", error));
        }
    }

    private void add(EventType type, Event.About about, Map<String, String> details) {
        store.write(tx -> {
            tx.events().add(new Event(type, clock.instant(), about, details));
            return true;
        });
    }
}
