package tandem.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import tandem.metric.Evictions;
import tandem.metric.Metric;
import tandem.metric.Metrics;

/// How often one address, session or the whole world may do a thing.
///
/// Kept in memory, by each node for itself; what other nodes have counted is added where somebody
/// tells of it ([#add]). What must not be forgotten (wrong passwords, an account's wrong codes) is
/// counted in the store instead. Memory is bounded: beyond [#KEYS_MAX] keys the least used are
/// forgotten.
public final class Limits {

    private static final int KEYS_MAX = 200_000;

    /// Every limit by the name it has in the configuration, in events and in metrics.
    public enum Limit {
        /// Device codes, per address and client.
        DEVICE_CODES_PER_CLIENT("device_codes_per_client", 10, 10, Duration.ofSeconds(1)),
        /// Device codes, per address.
        DEVICE_CODES("device_codes", 50, 50, Duration.ofSeconds(1)),
        /// Polls with a device code that does not exist, per address.
        UNKNOWN_DEVICE_CODES("unknown_device_codes", 20, 20, Duration.ofSeconds(1)),
        /// Wrong client secrets, per address and client.
        WRONG_CLIENT_SECRETS("wrong_client_secrets", 10, 10, Duration.ofMinutes(1)),
        /// Pages that take a code or a password, per address.
        PAGES("pages", 5, 5, Duration.ofSeconds(1)),
        /// Wrong user codes, per address.
        WRONG_CODES("wrong_codes", 10, 1, Duration.ofMinutes(1)),
        /// Wrong user codes, per session.
        WRONG_CODES_PER_SESSION("wrong_codes_per_session", 10, 10, Duration.ofDays(7)),
        /// Wrong user codes from everywhere together; beyond it sign-in comes first.
        WRONG_CODES_OVER_ALL("wrong_codes_over_all", 1000, 1000, Duration.ofMinutes(1));

        private final String wire;
        private final int burst;
        private final int refill;
        private final Duration period;

        Limit(String wire, int burst, int refill, Duration period) {
            this.wire = wire;
            this.burst = burst;
            this.refill = refill;
            this.period = period;
        }

        public String wire() {
            return wire;
        }

        public static Optional<Limit> of(String wire) {
            return Arrays.stream(values()).filter(known -> known.wire.equals(wire)).findFirst();
        }

        public Rate standard() {
            return new Rate(burst, refill, period);
        }
    }

    /// So many at once, then so many in each period.
    public record Rate(int burst, int refill, Duration period) {

        Bandwidth bandwidth() {
            return Bandwidth.builder().capacity(burst).refillGreedy(refill, period).build();
        }
    }

    private record Key(Limit limit, String who) {}

    private final Map<Limit, Rate> rates;
    private final Cache<Key, Bucket> buckets;
    private final Evictions toldEvicted = new Evictions();
    private final Cache<Key, Boolean> told =
            Caffeine.newBuilder()
                    .maximumSize(KEYS_MAX)
                    .evictionListener(toldEvicted)
                    .expireAfterWrite(1, TimeUnit.MINUTES)
                    .build();
    private final Map<Limit, LongAdder> refusals = new EnumMap<>(Limit.class);
    private final Evictions evicted = new Evictions();
    private final TimeMeter clock;

    /// @param rates those in force; a limit that is missing is off
    public Limits(Map<Limit, Rate> rates, InstantSource clock) {
        this.rates = rates.isEmpty() ? Map.of() : new EnumMap<>(rates);
        this.clock = new Clock(clock);
        for (var limit : Limit.values()) {
            refusals.put(limit, new LongAdder());
        }
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(KEYS_MAX)
                        .expireAfterAccess(1, TimeUnit.HOURS)
                        .evictionListener(evicted)
                        .build();
    }

    public static Map<Limit, Rate> standard() {
        var rates = new EnumMap<Limit, Rate>(Limit.class);
        for (var limit : Limit.values()) {
            rates.put(limit, limit.standard());
        }
        return rates;
    }

    /// Takes one. Empty when that was within the limit, else how long to wait.
    public Optional<Duration> exceeded(Limit limit, String who) {
        var rate = rates.get(limit);
        if (rate == null) {
            return Optional.empty();
        }
        var probe = bucket(limit, who, rate).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        return refused(limit, probe.getNanosToWaitForRefill());
    }

    /// How long to wait where nothing is left. Takes none, so that what turns out well costs
    /// nothing, however much of it comes at once.
    public Optional<Duration> spent(Limit limit, String who) {
        return Optional.ofNullable(buckets.getIfPresent(new Key(limit, who)))
                .map(bucket -> bucket.estimateAbilityToConsume(1))
                .filter(probe -> !probe.canBeConsumed())
                .flatMap(probe -> refused(limit, probe.getNanosToWaitForRefill()));
    }

    private Optional<Duration> refused(Limit limit, long nanos) {
        Objects.requireNonNull(refusals.get(limit)).increment();
        return Optional.of(Duration.ofNanos(Math.max(nanos, 1)));
    }

    /// Tells how often each limit was exceeded, and how many are counted.
    public void measure(Metrics metrics) {
        refusals.forEach(
                (limit, count) -> metrics.counter(Metric.LIMIT_REFUSALS, count::sum, limit.wire()));
        metrics.cache("limits", buckets::estimatedSize, KEYS_MAX, evicted::count);
        metrics.cache("limits_told", told::estimatedSize, KEYS_MAX, toldEvicted::count);
    }

    public boolean inForce(Limit limit) {
        return rates.containsKey(limit);
    }

    /// What is in force; empty where the limit is off.
    public Optional<Rate> rate(Limit limit) {
        return Optional.ofNullable(rates.get(limit));
    }

    /// True at most once a minute for each limit and key: then a refusal is worth an event.
    public boolean worthTelling(Limit limit, String who) {
        return told.asMap().putIfAbsent(new Key(limit, who), true) == null;
    }

    /// Gives back one that was taken for something which turned out well.
    public void giveBack(Limit limit, String who) {
        var rate = rates.get(limit);
        if (rate != null) {
            bucket(limit, who, rate).addTokens(1);
        }
    }

    /// Adds one that was taken at another node. Where nothing is left it is owed, and later waited
    /// for: so the sum over time is right, whatever was under way at once.
    public void add(Limit limit, String who) {
        var rate = rates.get(limit);
        if (rate != null) {
            bucket(limit, who, rate).consumeIgnoringRateLimits(1);
        }
    }

    private Bucket bucket(Limit limit, String who, Rate rate) {
        return buckets.get(
                new Key(limit, who),
                key ->
                        Bucket.builder()
                                .addLimit(rate.bandwidth())
                                .withCustomTimePrecision(clock)
                                .build());
    }

    /// The clock that is handed in, as the buckets read one.
    private record Clock(InstantSource source) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(source.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
