package tandem.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tandem.metric.Metric;
import tandem.metric.Metrics;
import tandem.metric.Timing;

/// How many requests each route answers, with which status, and how long it takes.
///
/// There are as many series as routes, methods and statuses go together: a path that somebody makes
/// up is no route, and a method that somebody makes up is `other`.
final class Traffic {

    private static final Set<String> METHODS =
            Set.of("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE");

    private record Kind(String route, String method, int status) {}

    private final Metrics metrics;
    private final ConcurrentHashMap<Kind, Timing> timings = new ConcurrentHashMap<>();

    Traffic(Metrics metrics) {
        this.metrics = metrics;
    }

    void answered(String route, String method, int status, long nanos) {
        var kind = new Kind(route, METHODS.contains(method) ? method : "other", status);
        var timing = timings.get(kind);
        if (timing == null) {
            timing = timings.computeIfAbsent(kind, this::timing);
        }
        timing.took(nanos);
    }

    private Timing timing(Kind kind) {
        return metrics.timing(
                Metric.REQUEST_DURATION, kind.route, kind.method, Integer.toString(kind.status));
    }
}
