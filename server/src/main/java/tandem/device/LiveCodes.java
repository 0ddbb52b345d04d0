package tandem.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
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
///
/// Other nodes decide, too, and tell. A code is said to wait only if it was known here first, then
/// seen pending in the store, and no stretch of silence has come since: so no signal was missed.
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
    private final IntSupplier hearing;
    private final Set<SecretHash> decidedMeanwhile = ConcurrentHashMap.newKeySet();
    private volatile boolean loading;
    private volatile Map<ClientId, Long> everywhere = Map.of();
    private volatile boolean closed;

    /// @param hearing as [Store#hearing]
    LiveCodes(IntSupplier hearing) {
        this.hearing = hearing;
    }

    /// What a poll comes to, as far as memory knows.
    sealed interface Hint {
        record Waiting() implements Hint {}

        /// Faster than the pace; the interval is the new, wider one.
        record TooSoon(Duration interval) implements Hint {}

        /// The code is another client's, who must learn nothing of it.
        record Stranger() implements Hint {}

        /// Memory does not know, or not for sure.
        ///
        /// @param stretch of listening in which an answer "pending" can be trusted; 0 for none
        record AskStore(int stretch) implements Hint {}
    }

    private static final Hint WAITING = new Hint.Waiting();
    private static final Hint STRANGER = new Hint.Stranger();
    private static final Hint UNKNOWN = new Hint.AskStore(0);

    /// Fills the index from the store, at start. What is decided elsewhere meanwhile is kept until
    /// the code is here.
    void load(Store store, Instant now) {
        loading = true;
        int stretch = hearing.getAsInt();
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
                                code.trust(stretch);
                                add(code);
                            });
            return codes.size();
        });
        decidedMeanwhile.forEach(this::decide);
        loading = false;
        decidedMeanwhile.clear();
    }

    /// A code that nobody knows yet, and that nobody can have decided.
    void add(DeviceAuthorization asked, Duration interval) {
        var code = of(asked, interval);
        code.trust(hearing.getAsInt());
        add(code);
    }

    /// A code that was pending in the store when this node looked.
    ///
    /// @param stretch as [Hint.AskStore] gave it before the look
    LiveCode pending(DeviceAuthorization asked, Duration interval, int stretch) {
        var known = add(of(asked, interval));
        if (stretch != 0) {
            known.trust(stretch);
        }
        return known;
    }

    private static LiveCode of(DeviceAuthorization asked, Duration interval) {
        return new LiveCode(asked.deviceCode(), asked.client(), asked.expiresAt(), interval);
    }

    private LiveCode add(LiveCode code) {
        var known = codes.putIfAbsent(code, code);
        if (known != null) {
            return known;
        }
        perClient.computeIfAbsent(code.client(), id -> new LongAdder()).increment();
        return code;
    }

    Hint poll(SecretHash deviceCode, ClientId client, Instant now) {
        var code = codes.get(LiveCode.key(deviceCode));
        if (code == null || code.decided() || code.expired(now)) {
            return UNKNOWN;
        }
        if (!code.client().equals(client)) {
            return STRANGER;
        }
        int stretch = hearing.getAsInt();
        if (!code.trusted(stretch)) {
            return new Hint.AskStore(stretch);
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
        if (closed
                || code == null
                || !code.client().equals(client)
                || !code.trusted(hearing.getAsInt())) {
            return Optional.empty();
        }
        if (!waiting.enter(address)) {
            return Optional.empty();
        }
        try {
            var left = code.left(clock.instant());
            var wake = code.await(left.compareTo(most) < 0 ? left : most, hearing);
            code.answered(clock.instant());
            return Optional.of(wake);
        } finally {
            waiting.leave(address);
        }
    }

    /// The state of a code before or after waiting at it: never too soon.
    Hint look(SecretHash deviceCode, Instant now) {
        var code = codes.get(LiveCode.key(deviceCode));
        if (code == null || code.decided() || code.expired(now)) {
            return UNKNOWN;
        }
        int stretch = hearing.getAsInt();
        return code.trusted(stretch) ? WAITING : new Hint.AskStore(stretch);
    }

    /// Whether this node has told that a code has expired.
    boolean toldExpiry(SecretHash deviceCode) {
        return told.getIfPresent(deviceCode) != null;
    }

    /// True the first time it is asked of an expired code on this node.
    boolean tellsExpiry(SecretHash deviceCode) {
        return told.asMap().putIfAbsent(deviceCode, true) == null;
    }

    /// Ends all waiting: the server is about to stop.
    void close() {
        closed = true;
        silence();
    }

    /// It is not pending any more: from now on the store is asked.
    void decided(SecretHash deviceCode) {
        if (loading) {
            decidedMeanwhile.add(deviceCode);
        }
        decide(deviceCode);
    }

    private void decide(SecretHash deviceCode) {
        var code = codes.get(LiveCode.key(deviceCode));
        if (code != null) {
            code.decide();
        }
    }

    /// Other nodes cannot be heard: nobody would wake the polls that wait.
    void silence() {
        codes.keySet().forEach(LiveCode::replace);
    }

    /// How many codes live, of all nodes together, as of a while ago.
    void counted(Map<ClientId, Long> counts) {
        everywhere = counts;
    }

    void measure(Metrics metrics) {
        metrics.gauge(Metric.LIVE_CODES, codes::mappingCount);
        metrics.gauge(Metric.PARKED_POLLS, waiting::count);
        metrics.gauge(Metric.PARKED_POLLS_MAX, () -> WaitingPolls.MAX);
        metrics.counter(Metric.PARKED_POLLS_REFUSED, waiting::refused);
        metrics.cache("expiry_told", told::estimatedSize, TOLD_MAX, toldEvicted::count);
    }

    /// How many codes live: at least those known here, and those last counted over all nodes.
    long count() {
        long counted = everywhere.values().stream().mapToLong(Long::longValue).sum();
        return Math.max(codes.mappingCount(), counted);
    }

    long count(ClientId client) {
        var count = perClient.get(client);
        long here = count == null ? 0 : count.sum();
        return Math.max(here, everywhere.getOrDefault(client, 0L));
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
