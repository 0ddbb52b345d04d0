package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.store.StoreUnavailable;

/// Brings the tables to the newest form, by the files `V1__start.sql` and on.
///
/// Looks first, and changes nothing in a database whose tables are not as its history tells: to go
/// on from a half-done change would make it worse.
final class Migrations {

    /// The number of the newest file; a test holds the two together.
    static final int NEWEST = 7;

    static final String FOLDER = "tandem/store/migration";

    private static final String HISTORY = "flyway_schema_history";

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private static final Duration IN_USE_MAX = Duration.ofSeconds(60);
    private static final Duration GIVES_WAY = Duration.ofMillis(500);

    private static final String START_AGAIN =
            "; other nodes, or somebody's long query, used them all the while: start again";

    private static final String PUT_BACK =
            "; put the last copy in its place (docs/operations.md, \"Keeping copies\")";

    /// Which tables each version brought.
    private static final List<Set<String>> BROUGHT =
            List.of(
                    Set.of(
                            "account",
                            "api",
                            "applied",
                            "client",
                            "client_grant",
                            "connection",
                            "consent",
                            "device_authorization",
                            "entry",
                            "event",
                            "failure",
                            "link",
                            "revision",
                            "session",
                            "signing_key",
                            "tenant",
                            "trip"),
                    Set.of("logo"),
                    Set.of(),
                    Set.of("epoch"),
                    Set.of(),
                    Set.of(),
                    Set.of());

    private Migrations() {}

    /// Runs what has not run yet, from the folder of all databases and from that of this one. A few
    /// queries tell an ordinary start that there is nothing to do: to find that out itself, Flyway
    /// takes longer than all the rest of a start.
    ///
    /// @param looking a source of connections that only read
    static void run(
            DataSource looking, DataSource writing, String own, Map<String, String> placeholders)
            throws SQLException {
        int version;
        try (var connection = looking.getConnection()) {
            version = version(connection);
        }
        if (version < NEWEST) {
            migrate(writing, own, placeholders, version);
        }
    }

    /// Beside nodes of the release before, whose requests use the tables: a change that meets them
    /// is undone and tried again.
    private static void migrate(
            DataSource source, String own, Map<String, String> placeholders, int version) {
        long end = System.nanoTime() + IN_USE_MAX.toNanos();
        while (true) {
            try {
                flyway(source, own, placeholders).load().migrate();
                return;
            } catch (FlywayException fault) {
                var state = SqlState.of(fault);
                boolean inUse = state.conflict() || state.locked();
                if (!inUse || System.nanoTime() > end) {
                    throw refused(version, fault, inUse ? START_AGAIN : PUT_BACK);
                }
                LOG.info("the tables are in use, their change gives way and is tried again");
            }
            LockSupport.parkNanos(GIVES_WAY.toNanos());
        }
    }

    private static StoreUnavailable refused(int version, FlywayException fault, String remedy) {
        var lines = String.valueOf(fault.getMessage()).lines().map(String::strip).toList();
        return new StoreUnavailable(
                "the tables could not be brought from version %d to %d and are as they were (%s)%s"
                        .formatted(version, NEWEST, String.join(" ", lines), remedy));
    }

    static FluentConfiguration flyway(
            DataSource source, String own, Map<String, String> placeholders) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + FOLDER, "classpath:" + own)
                .table(HISTORY)
                .placeholders(placeholders);
    }

    /// The version of the tables, 0 where there are none.
    ///
    /// @throws StoreUnavailable when tables and history do not fit, or are of a newer release
    static int version(Connection connection) throws SQLException {
        var tables = tables(connection);
        if (tables.isEmpty()) {
            return 0;
        }
        if (!tables.remove(HISTORY)) {
            throw new StoreUnavailable(
                    "it has tables (%s), but no history of them: it is another program's database, or only a part of one of Tandem's%s"
                            .formatted(String.join(", ", tables), PUT_BACK));
        }
        int version = told(connection);
        if (version > NEWEST) {
            throw new StoreUnavailable(
                    "the database was made by a newer release: it has version %d of the tables, this release knows %d"
                            .formatted(version, NEWEST));
        }
        var missing = new TreeSet<String>();
        BROUGHT.subList(0, version).forEach(missing::addAll);
        // Looked at after the history: another node may just be at it.
        missing.removeAll(tables(connection));
        if (!missing.isEmpty()) {
            throw new StoreUnavailable(
                    "by its history it has version %d of the tables, but %s is missing%s"
                            .formatted(version, String.join(", ", missing), PUT_BACK));
        }
        return version;
    }

    /// The names of those that the newest version has.
    static Set<String> all() {
        var names = new TreeSet<String>();
        BROUGHT.forEach(names::addAll);
        return names;
    }

    /// The names of all tables.
    static Set<String> tables(Connection connection) throws SQLException {
        var names = new TreeSet<String>();
        String[] kinds = {"TABLE", "PARTITIONED TABLE"};
        try (var rows =
                connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", kinds)) {
            while (rows.next()) {
                var name = rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (!name.startsWith("sqlite_")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /// The version by the history, which has to tell of every step, and of its success.
    private static int told(Connection connection) throws SQLException {
        var done = new ArrayList<Integer>();
        var sql = "SELECT version, success FROM " + HISTORY + " ORDER BY installed_rank";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var version = Objects.toString(rows.getString("version"), "0");
                if (!rows.getBoolean("success")) {
                    throw new StoreUnavailable(
                            "the change of its tables to version %s broke off half-way%s"
                                    .formatted(version, PUT_BACK));
                }
                done.add(Integer.parseInt(version));
            }
        }
        int newest = done.stream().mapToInt(version -> version).max().orElse(0);
        if (newest <= NEWEST && done.size() != newest) {
            throw new StoreUnavailable(
                    "the history of its tables has a gap: it tells of versions %s%s"
                            .formatted(done, PUT_BACK));
        }
        return newest;
    }
}
