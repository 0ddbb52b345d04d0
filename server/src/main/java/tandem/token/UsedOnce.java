package tandem.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tandem.metric.Metrics;
import tandem.oauth.SecretHash;

/// What may be used once and no more, remembered until it would be refused anyway.
///
/// Kept in memory, by each node for itself (ADR 9). Bounded: when it is full the oldest is
/// forgotten, which a cache that keeps what is used most would not do.
final class UsedOnce {

    static final int KEPT_MAX = 200_000;

    private final SequencedMap<SecretHash, Instant> used = new LinkedHashMap<>();
    private final int most;
    private final InstantSource clock;
    private long evicted;

    /// @param most how many are remembered
    UsedOnce(int most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// True the first time.
    ///
    /// @param until when it would be refused anyway
    synchronized boolean first(String what, Instant until) {
        var now = clock.instant();
        while (!used.isEmpty() && used.firstEntry().getValue().isBefore(now)) {
            used.pollFirstEntry();
        }
        var key = SecretHash.sha256(what);
        if (used.containsKey(key)) {
            return false;
        }
        if (used.size() >= most) {
            used.pollFirstEntry();
            evicted++;
        }
        used.put(key, until);
        return true;
    }

    /// @param name as [tandem.metric.Metric#CACHE_ENTRIES] has it
    void measure(Metrics metrics, String name) {
        metrics.cache(name, this::size, most, this::evicted);
    }

    private synchronized int size() {
        return used.size();
    }

    private synchronized long evicted() {
        return evicted;
    }
}
