package tandem.device;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tandem.model.Client;
import tandem.model.DeviceAuthorization;
import tandem.model.DevicePolicy;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;
import tandem.store.Store;

/// The device codes that live on this node, in memory, so that a pending poll needs no query.
///
/// An index only: it says "still waiting" by itself, and for everything else sends to the store,
/// which decides. Filled anew at start; the pace is kept here alone.
final class LiveCodes {

    private final ConcurrentHashMap<LiveCode, LiveCode> codes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientId, LongAdder> perClient = new ConcurrentHashMap<>();

    /// What a poll comes to, as far as memory knows.
    sealed interface Hint {
        record Waiting() implements Hint {}

        /// Faster than the pace; the interval is the new, wider one.
        record TooSoon(Duration interval) implements Hint {}

        /// The code is another client's, who must learn nothing of it.
        record Stranger() implements Hint {}

        record AskStore() implements Hint {}
    }

    private static final Hint WAITING = new Hint.Waiting();
    private static final Hint STRANGER = new Hint.Stranger();
    private static final Hint ASK_STORE = new Hint.AskStore();

    /// Fills the index from the store, at start.
    void load(Store store, Instant now) {
        store.read(tx -> {
            var registered = tx.registered();
            tx.deviceAuthorizations()
                    .forEachLive(
                            now,
                            live -> {
                                var interval =
                                        registered
                                                .client(live.client())
                                                .map(Client::deviceAuthorization)
                                                .orElse(DevicePolicy.STANDARD)
                                                .interval();
                                var code =
                                        new LiveCode(
                                                live.deviceCode(),
                                                live.client(),
                                                live.expiresAt(),
                                                interval);
                                if (!live.pending()) {
                                    code.decide();
                                }
                                add(code);
                            });
            return codes.size();
        });
    }

    void add(DeviceAuthorization asked, Duration interval) {
        add(new LiveCode(asked.deviceCode(), asked.client(), asked.expiresAt(), interval));
    }

    private void add(LiveCode code) {
        if (codes.putIfAbsent(code, code) == null) {
            perClient.computeIfAbsent(code.client(), id -> new LongAdder()).increment();
        }
    }

    Hint poll(SecretHash deviceCode, ClientId client, Instant now) {
        var code = codes.get(LiveCode.key(deviceCode));
        if (code == null || code.decided() || code.expired(now)) {
            return ASK_STORE;
        }
        if (!code.client().equals(client)) {
            return STRANGER;
        }
        var wider = code.paced(now);
        return wider.isZero() ? WAITING : new Hint.TooSoon(wider);
    }

    /// A person has decided: from now on the store is asked.
    void decided(SecretHash deviceCode) {
        var code = codes.get(LiveCode.key(deviceCode));
        if (code != null) {
            code.decide();
        }
    }

    long count() {
        return codes.mappingCount();
    }

    long count(ClientId client) {
        var count = perClient.get(client);
        return count == null ? 0 : count.sum();
    }

    /// Forgets codes whose time is over.
    void sweep(Instant now) {
        for (var code : codes.keySet()) {
            if (code.expired(now) && codes.remove(code) != null) {
                perClient.computeIfAbsent(code.client(), id -> new LongAdder()).decrement();
            }
        }
    }
}
