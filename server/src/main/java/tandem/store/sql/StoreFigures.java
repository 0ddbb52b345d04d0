package tandem.store.sql;

import com.zaxxer.hikari.HikariDataSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import tandem.metric.Metric;
import tandem.metric.Metrics;
import tandem.model.EventType;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;

/// What the store refused, and which events it has committed.
final class StoreFigures {

    private final LongAdder readsRefused = new LongAdder();
    private final LongAdder writesRefused = new LongAdder();
    private final Map<EventType, LongAdder> events = new EnumMap<>(EventType.class);

    /// What a piece of work came to, and the events it wrote.
    record Told<R>(R result, List<EventType> events) {}

    StoreFigures() {
        for (var type : EventType.values()) {
            events.put(type, new LongAdder());
        }
    }

    /// Work that says which events it wrote. Work may run twice: those of the last time count.
    <R> Function<Tx, Told<R>> telling(Function<Tx, R> work) {
        return tx -> {
            var result = work.apply(tx);
            return new Told<>(result, ((SqlTx) tx).told());
        };
    }

    /// Counts what a commit made true.
    <R> R written(Supplier<Told<R>> writing) {
        var told = refusing(writesRefused, writing);
        told.events().forEach(type -> Objects.requireNonNull(events.get(type)).increment());
        return told.result();
    }

    <R> R read(Supplier<R> reading) {
        return refusing(readsRefused, reading);
    }

    private static <R> R refusing(LongAdder refused, Supplier<R> work) {
        try {
            return work.get();
        } catch (StoreUnavailable unavailable) {
            refused.increment();
            throw unavailable;
        }
    }

    void measure(Metrics metrics) {
        metrics.counter(Metric.STORE_REFUSALS, readsRefused::sum, "read");
        metrics.counter(Metric.STORE_REFUSALS, writesRefused::sum, "write");
        events.forEach((type, count) -> metrics.counter(Metric.EVENTS, count::sum, type.wire()));
    }

    static void measure(Metrics metrics, HikariDataSource readers) {
        var pool = readers.getHikariPoolMXBean();
        metrics.gauge(Metric.STORE_READERS, pool::getActiveConnections);
        metrics.gauge(Metric.STORE_READERS_MAX, readers::getMaximumPoolSize);
        metrics.gauge(Metric.STORE_READERS_AWAITED, pool::getThreadsAwaitingConnection);
    }
}
