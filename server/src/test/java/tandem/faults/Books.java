package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tandem.store.TestPostgresql;

/// Reads the tables past the server and audits them: no fact without its event, no event without
/// its fact, each once.
final class Books implements AutoCloseable {

    private static final String OF_CODE =
            "(SELECT count(*) FROM event e WHERE e.device_authorization = d.id AND e.type = '%s')";
    private static final String CODES =
            "SELECT d.id FROM device_authorization d WHERE d.asked_at >= ? AND ";
    private static final String LINKS = "SELECT l.id FROM link l WHERE l.first_at >= ? AND ";

    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        code("asked for once", "device.requested", "1");
        code("approved with its event", "device.approved", in("'approved', 'redeemed'"));
        code("denied with its event", "device.denied", in("'denied'"));
        code("redeemed with its event", "device.redeemed", in("'redeemed'"));
        // What somebody had decided has an event of its own.
        code(
                "expiry of an undecided one told with its event",
                "device.expired",
                "CASE WHEN d.state = 'pending' THEN d.expiry_told ELSE 0 END");
        code("entered with its event", "device.entered", entries(""));
        code("confirmed with its event", "device.confirmed", entries(" AND confirmed_at > 0"));
        RULES.put(
                "one link where redeemed",
                CODES
                        + "(SELECT count(*) FROM link l WHERE l.device_authorization = d.id"
                        + " AND l.id = d.link) <> "
                        + in("'redeemed'"));
        RULES.put(
                "no link where not redeemed",
                CODES
                        + "d.state <> 'redeemed' AND EXISTS"
                        + " (SELECT 1 FROM link l WHERE l.device_authorization = d.id)");
        RULES.put(
                "consent given with its event, in the approval",
                CODES
                        + OF_CODE.formatted("consent.given")
                        + " > "
                        + OF_CODE.formatted("device.approved"));
        link("linked with its event", "link.created", "1");
        link("ended with its event", "link.ended", "(CASE WHEN ended_at > 0 THEN 1 ELSE 0 END)");
        link("rotated with its event", "link.refreshed", "coalesce(generation, 1) - 1");
        link(
                "replayed with its event",
                "device.replayed",
                "(CASE WHEN replayed_at > 0 THEN 1 ELSE 0 END)");
        RULES.put(
                "no event of a code that is not there",
                "SELECT e.id FROM event e WHERE e.happened_at >= ? AND e.type = 'device.requested'"
                        + " AND e.device_authorization > 0"
                        + " AND NOT EXISTS (SELECT 1 FROM device_authorization d"
                        + " WHERE d.id = e.device_authorization)");
        RULES.put(
                "a consent with its event",
                "SELECT c.id FROM consent c WHERE c.given_at >= ? AND NOT EXISTS"
                        + " (SELECT 1 FROM event e WHERE e.type = 'consent.given'"
                        + " AND e.user_id = c.user_id AND e.client = c.client"
                        + " AND e.happened_at = c.given_at)");
        RULES.put(
                "one next and one current key of each algorithm, and three for each rotation",
                "SELECT 1 WHERE ? >= 0 AND (3 <> (SELECT count(*) FROM signing_key"
                        + " WHERE state = 'current') OR 3 <> (SELECT count(*) FROM signing_key"
                        + " WHERE state = 'next') OR (SELECT count(*) FROM signing_key)"
                        + " <> 6 + 3 * (SELECT count(*) FROM event WHERE type = 'key.rotated'))");
    }

    private static void code(String rule, String type, String count) {
        RULES.put(rule, CODES + OF_CODE.formatted(type) + " <> " + count);
    }

    private static void link(String rule, String type, String count) {
        RULES.put(
                rule,
                LINKS
                        + "(SELECT count(*) FROM event e WHERE e.link = l.id AND e.type = '%s')"
                                .formatted(type)
                        + " <> "
                        + count);
    }

    private static String in(String states) {
        return "(CASE WHEN d.state IN (" + states + ") THEN 1 ELSE 0 END)";
    }

    private static String entries(String which) {
        return "(SELECT count(*) FROM entry n WHERE n.device_authorization = d.id" + which + ")";
    }

    private final Connection connection;

    /// @param url as the configuration names the database
    Books(String url) {
        try {
            connection =
                    DriverManager.getConnection(
                            url.startsWith("sqlite:") ? "jdbc:" + url : TestPostgresql.jdbc(url));
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE INDEX event_by_code ON event (device_authorization)");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Audits what has happened since.
    void audit(Instant since) {
        RULES.forEach((rule, offending) ->
                assertThat(rows(offending, since.toEpochMilli())).as(rule).isEmpty());
    }

    /// The first column of what a query finds.
    List<String> rows(String sql, Object... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
