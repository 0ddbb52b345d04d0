package tandem.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tandem.metric.Evictions;
import tandem.metric.Metric;
import tandem.metric.Metrics;
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

    private static final int TOLD_MAX = 100_000;

    private final ConcurrentHashMap<LiveCode, LiveCode> codes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientId, LongAdder> perClient = new ConcurrentHashMap<>();
    private final WaitingPolls waiting = new WaitingPolls();
    private final Evictions toldEvicted = new Evictions();
    private final Cache<SecretHash, Boolean> told =
            Caffeine.newBuilder()
                    .maximumSize(TOLD_MAX)
                    .evictionListener(toldEvicted)
                    .expireAfterWrite(DeviceAuthorization.REMEMBERED_AFTER_EXPIRY)
                    .build();
    private volatile boolean closed;

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
        code.replace();
        var wider = code.paced(now);
        return wider.isZero() ? WAITING : new Hint.TooSoon(wider);
    }

    /// Lets a poll wait at its code until a person decides, or its time is over.
    ///
    /// @param address whose places it takes
    /// @return empty when it cannot wait and is to be answered like any other
    Optional<LiveCode.Wake> await(
            SecretHash deviceCode,
            ClientId client,
            String address,
            Duration most,
            InstantSource clock) {
        var code = codes.get(LiveCode.key(deviceCode));
        if (closed || code == null || !code.client().equals(client)) {
            return Optional.empty();
        }
        if (!waiting.enter(address)) {
            return Optional.empty();
        }
        try {
            var left = code.left(clock.instant());
            var wake = code.await(left.compareTo(most) < 0 ? left : most);
            code.answered(clock.instant());
            return Optional.of(wake);
        } finally {
            waiting.leave(address);
        }
    }

    /// The state of a code after waiting at it: never too soon.
    Hint look(SecretHash deviceCode, Instant now) {
        var code = codes.get(LiveCode.key(deviceCode));
        return code == null || code.decided() || code.expired(now) ? ASK_STORE : WAITING;
    }

    /// True the first time it is asked of an expired code on this node.
    boolean tellsExpiry(SecretHash deviceCode) {
        return told.asMap().putIfAbsent(deviceCode, true) == null;
    }

    /// Ends all waiting: the server is about to stop.
    void close() {
        closed = true;
        codes.keySet().forEach(LiveCode::replace);
    }

    /// A person has decided: from now on the store is asked.
    void decided(SecretHash deviceCode) {
        var code = codes.get(LiveCode.key(deviceCode));
        if (code != null) {
            code.decide();
        }
    }

    void measure(Metrics metrics) {
        metrics.gauge(Metric.LIVE_CODES, codes::mappingCount);
        metrics.gauge(Metric.PARKED_POLLS, waiting::count);
        metrics.gauge(Metric.PARKED_POLLS_MAX, () -> WaitingPolls.MAX);
        metrics.counter(Metric.PARKED_POLLS_REFUSED, waiting::refused);
        metrics.cache("expiry_told", told::estimatedSize, TOLD_MAX, toldEvicted::count);
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
