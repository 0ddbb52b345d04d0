package tandem.metric;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// The metrics of one server. Each is read where it is kept, and only when somebody asks for the
/// page; only durations are fed as they happen.
public final class Metrics implements AutoCloseable {

    private static final String OWN = "tandem_";
    private static final String TOTAL = "_total";

    /// From a poll that memory answers to a request that waited for the store as long as any may.
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /// The library holds what it counts weakly.
    private final List<LongSupplier> held = new ArrayList<>();

    public Metrics() {
        NamingConvention others = new PrometheusNamingConvention();
        registry.config()
                .namingConvention((name, type, unit) ->
                        name.startsWith(OWN) ? name : others.name(name, type, unit));
    }

    /// The JVM's own: memory, threads, collections, processor time, open files.
    public Metrics jvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        return this;
    }

    /// A value that goes up and down.
    ///
    /// @param now reads the value; called by whoever asks for the page
    /// @param labels the labels' values, in the metric's order
    public void gauge(Metric metric, DoubleSupplier now, String... labels) {
        expect(metric, Metric.Kind.GAUGE);
        Gauge.builder(metric.wire(), now::getAsDouble)
                .description(metric.tells())
                .tags(tags(metric, labels))
                .register(registry);
    }

    /// Something that happens again and again.
    ///
    /// @param soFar how often it has happened since the start; never less than before
    /// @param labels the labels' values, in the metric's order
    public void counter(Metric metric, LongSupplier soFar, String... labels) {
        expect(metric, Metric.Kind.COUNTER);
        synchronized (held) {
            held.add(soFar);
        }
        FunctionCounter.builder(bare(metric), soFar, LongSupplier::getAsLong)
                .description(metric.tells())
                .tags(tags(metric, labels))
                .register(registry);
    }

    /// How long something takes.
    ///
    /// @param labels the labels' values, in the metric's order
    public Timing timing(Metric metric, String... labels) {
        expect(metric, Metric.Kind.HISTOGRAM);
        var timer =
                Timer.builder(metric.wire())
                        .description(metric.tells())
                        .tags(tags(metric, labels))
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /// Something that forgets entries when it is full.
    ///
    /// @param name one of those that [Metric#CACHE_ENTRIES] explains
    /// @param evicted how many were forgotten for want of room
    public void cache(String name, DoubleSupplier entries, long most, LongSupplier evicted) {
        gauge(Metric.CACHE_ENTRIES, entries, name);
        gauge(Metric.CACHE_ENTRIES_MAX, () -> most, name);
        counter(Metric.CACHE_EVICTIONS, evicted, name);
    }

    /// All values, in Prometheus' text format.
    public String page() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }

    /// The library adds the ending itself.
    private static String bare(Metric metric) {
        var wire = metric.wire();
        return wire.substring(0, wire.length() - TOTAL.length());
    }

    private static void expect(Metric metric, Metric.Kind kind) {
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(metric + " is no " + kind);
        }
    }

    private static Tags tags(Metric metric, String... values) {
        var names = metric.labels();
        if (names.size() != values.length) {
            throw new IllegalArgumentException(metric + " has the labels " + names);
        }
        var tags = new ArrayList<Tag>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(names.get(i), values[i]));
        }
        return Tags.of(tags);
    }
}
