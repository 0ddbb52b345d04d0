package tandem.metric;

import java.util.List;

/// Every metric of Tandem's own: its name, its labels and what it tells. `docs/metrics.md` is
/// written from here.
///
/// A label's values come from a fixed list in the code (routes, limits, event types), never from a
/// request: neither secrets nor a flood of series can come in that way.
public enum Metric {
    REQUEST_DURATION(
            Kind.HISTOGRAM,
            "tandem_http_request_duration_seconds",
            List.of("route", "method", "status"),
            "Requests answered, from the request read whole to its answer, without the time a poll"
                    + " waited for a person. `route` is the path's pattern, `none` where no route"
                    + " fits."),
    REQUESTS_UNDER_WAY(
            Kind.GAUGE,
            "tandem_http_requests_under_way",
            "Requests being answered at this moment; parked polls are not among them."),
    REQUESTS_UNDER_WAY_MAX(
            Kind.GAUGE, "tandem_http_requests_under_way_max", "One more is answered 503."),
    REQUESTS_SHED(
            Kind.COUNTER,
            "tandem_http_requests_shed_total",
            "Requests answered 503 because too many were under way."),
    REQUESTS_MALFORMED(
            Kind.COUNTER,
            "tandem_http_requests_malformed_total",
            "Requests refused before any route: no well-formed HTTP, or beyond its bounds."),
    CONNECTIONS(Kind.GAUGE, "tandem_http_connections", "Open connections of devices and people."),
    CONNECTIONS_MAX(
            Kind.GAUGE,
            "tandem_http_connections_max",
            "As many at once; further ones wait in the system's queue."),
    CONNECTIONS_OVERDUE(
            Kind.COUNTER,
            "tandem_http_connections_overdue_total",
            "Connections closed because the client took too long, or idled while room was scarce."),

    LIVE_CODES(
            Kind.GAUGE,
            "tandem_live_codes",
            "Device codes that this node keeps in memory; bounded per client by"
                    + " `live_codes` of 1,000,000."),
    PARKED_POLLS(
            Kind.GAUGE,
            "tandem_parked_polls",
            "Polls that wait for a person to decide (`Prefer: wait`)."),
    PARKED_POLLS_MAX(
            Kind.GAUGE, "tandem_parked_polls_max", "One more is answered at once, like any other."),
    PARKED_POLLS_REFUSED(
            Kind.COUNTER,
            "tandem_parked_polls_refused_total",
            "Polls that asked to wait and found no place."),

    STORE_WRITES(Kind.COUNTER, "tandem_store_writes_total", "Writes that were committed."),
    STORE_COMMITS(
            Kind.COUNTER,
            "tandem_store_commits_total",
            "Commits; the writes by the commits are the size of a batch."),
    STORE_WAITING(Kind.GAUGE, "tandem_store_writes_waiting", "Writes that wait for their turn."),
    STORE_WAITING_MAX(Kind.GAUGE, "tandem_store_writes_waiting_max", "One more is refused: 503."),
    STORE_WRITERS(Kind.GAUGE, "tandem_store_writers", "Connections that are being written to."),
    STORE_WRITERS_MAX(Kind.GAUGE, "tandem_store_writers_max", "As many at once."),
    STORE_REFUSALS(
            Kind.COUNTER,
            "tandem_store_refusals_total",
            List.of("work"),
            "Reads and writes refused: the store is full of work, slow or away. `work` is `read` or"
                    + " `write`."),
    STORE_READERS(Kind.GAUGE, "tandem_store_readers", "Connections that are being read from."),
    STORE_READERS_MAX(Kind.GAUGE, "tandem_store_readers_max", "As many at once."),
    STORE_READERS_AWAITED(
            Kind.GAUGE, "tandem_store_readers_awaited", "Reads that wait for a connection."),

    EVENTS(
            Kind.COUNTER,
            "tandem_events_total",
            List.of("type"),
            "Events that this node has committed, such as `device.requested`, `device.approved`,"
                    + " `device.redeemed`."),
    LIMIT_REFUSALS(
            Kind.COUNTER,
            "tandem_limit_refusals_total",
            List.of("limit"),
            "How often each of `limits` was exceeded."),

    CACHE_ENTRIES(
            Kind.GAUGE,
            "tandem_cache_entries",
            List.of("cache"),
            "What is kept in memory. `limits`: addresses and sessions that are counted;"
                    + " `limits_told`, `expiry_told`: what was told once; `providers`: OpenID"
                    + " providers' metadata; `dpop_proofs`, `client_assertions`: what may be used"
                    + " once."),
    CACHE_ENTRIES_MAX(
            Kind.GAUGE,
            "tandem_cache_entries_max",
            List.of("cache"),
            "Beyond it entries are forgotten."),
    CACHE_EVICTIONS(
            Kind.COUNTER,
            "tandem_cache_evictions_total",
            List.of("cache"),
            "Entries forgotten for want of room, before their time."),

    PASSWORDS_HASHING(
            Kind.GAUGE, "tandem_passwords_hashing", "Passwords being checked at this moment."),
    PASSWORDS_HASHING_MAX(
            Kind.GAUGE, "tandem_passwords_hashing_max", "As many at once; the others wait."),
    PASSWORDS_WAITING(
            Kind.GAUGE,
            "tandem_passwords_waiting",
            "Sign-ins that wait for their turn, 5 s at most."),

    LOG_WAITING(Kind.GAUGE, "tandem_log_lines_waiting", "Log lines that wait to be written."),
    LOG_WAITING_MAX(Kind.GAUGE, "tandem_log_lines_waiting_max", "One more is dropped."),
    LOG_DROPPED(
            Kind.COUNTER,
            "tandem_log_lines_dropped_total",
            "Log lines lost: the log's target is too slow, full or closed."),

    DRAINING(Kind.GAUGE, "tandem_draining", "1 while the server is about to stop.");

    /// How a metric is to be read.
    public enum Kind {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    private final Kind kind;
    private final String wire;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    private final String tells;

    Metric(Kind kind, String wire, String tells) {
        this(kind, wire, List.of(), tells);
    }

    Metric(Kind kind, String wire, List<String> labels, String tells) {
        this.kind = kind;
        this.wire = wire;
        this.labels = labels;
        this.tells = tells;
    }

    public Kind kind() {
        return kind;
    }

    /// The name under which it is read.
    public String wire() {
        return wire;
    }

    public List<String> labels() {
        return labels;
    }

    public String tells() {
        return tells;
    }
}
