package tandem.store.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tandem.store.StoreUnavailable;

/// Moves everything from an SQLite database into an empty PostgreSQL one.
///
/// One transaction takes it all, and is committed only when every table has been read back and is
/// the same, row by row: a move that fails leaves an empty target, and the source is never written
/// to. The source is held locked meanwhile, so that no server starts on it.
public final class SqliteMove implements AutoCloseable {

    private static final int BATCH = 1_000;

    /// What a new database has of itself.
    private static final List<String> FROM_THE_START = List.of("revision", "epoch");

    private final Connection source;
    private final Connection target;

    private SqliteMove(Connection source, Connection target) {
        this.source = source;
        this.target = target;
    }

    /// Moves everything.
    ///
    /// @param url of PostgreSQL
    /// @return how many rows, by table
    /// @throws StoreUnavailable with what is wrong with either of them
    public static Map<String, Long> move(Path file, String url) {
        try {
            var to = new Postgresql(PostgresqlAddress.parse(url));
            requireMovable(file);
            to.requireAlone();
            requireEmpty(to);
            to.migrate();
            try (var moving = new SqliteMove(lockedSource(file), to.source().getConnection())) {
                return moving.run();
            }
        } catch (PostgresqlAddress.Malformed malformed) {
            throw new StoreUnavailable("the target " + malformed.getMessage());
        } catch (SQLException fault) {
            throw new StoreUnavailable(
                    "nothing was moved, the target is empty as before: " + fault.getMessage());
        }
    }

    private static void requireMovable(Path file) throws SQLException {
        if (Files.notExists(file)) {
            throw new StoreUnavailable("there is no database yet");
        }
        new Sqlite(file).requireAlone();
        try (var looking = new Sqlite(file).looking().getConnection()) {
            int version = Migrations.version(looking);
            if (version != Migrations.NEWEST) {
                throw new StoreUnavailable(
                        "has version %d of the tables and not %d; start this release on it once, then move it"
                                .formatted(version, Migrations.NEWEST));
            }
        }
    }

    private static void requireEmpty(Postgresql to) throws SQLException {
        try (var looking = to.source().getConnection()) {
            if (Migrations.version(looking) == 0) {
                return;
            }
            for (var table : Migrations.all()) {
                if (!FROM_THE_START.contains(table) && count(looking, table) > 0) {
                    throw new StoreUnavailable(
                            "the target is not empty: there are rows in "
                                    + table
                                    + "; name an empty database");
                }
            }
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static Connection lockedSource(Path file) throws SQLException {
        var connection = new SqliteFile(file).alone();
        execute(connection, "BEGIN IMMEDIATE");
        return connection;
    }

    private Map<String, Long> run() throws SQLException {
        target.setAutoCommit(false);
        execute(target, Postgresql.DURABLE);
        // A node that starts meanwhile finds no epoch to begin, and gives up.
        execute(target, "LOCK TABLE epoch IN ACCESS EXCLUSIVE MODE");
        var moved = new TreeMap<String, Long>();
        for (var table : Migrations.all()) {
            if (FROM_THE_START.contains(table)) {
                execute(target, "DELETE FROM " + table);
            }
            var columns = columns(table);
            var given = copy(table, columns);
            if (!sum(table, columns).same(given)) {
                throw new SQLException("what arrived in " + table + " is not what was sent");
            }
            if (columns.containsKey("seq")) {
                goOn(table);
            }
            moved.put(table, given.rows());
        }
        execute(target, "SELECT events_go_on()");
        target.commit();
        target.setAutoCommit(true);
        execute(target, "ANALYZE");
        return moved;
    }

    /// The columns that PostgreSQL has, and their types; SQLite has the same.
    private Map<String, Integer> columns(String table) throws SQLException {
        var columns = new TreeMap<String, Integer>();
        try (var found =
                target.getMetaData()
                        .getColumns(target.getCatalog(), target.getSchema(), table, "%")) {
            while (found.next()) {
                columns.put(found.getString("COLUMN_NAME"), found.getInt("DATA_TYPE"));
            }
        }
        return columns;
    }

    private RowSum copy(String table, Map<String, Integer> columns) throws SQLException {
        var names = String.join(", ", columns.keySet());
        var insert =
                "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
                        .formatted(
                                table,
                                names,
                                String.join(
                                        ", ", columns.keySet().stream().map(c -> "?").toList()));
        var types = new ArrayList<>(columns.values());
        var sum = new RowSum();
        try (var reading = source.createStatement();
                var rows = reading.executeQuery("SELECT " + names + " FROM " + table);
                var adding = target.prepareStatement(insert)) {
            while (rows.next()) {
                for (int i = 1; i <= types.size(); i++) {
                    bind(adding, i, types.get(i - 1), rows.getString(i), sum);
                }
                sum.endOfRow();
                adding.addBatch();
                if (sum.rows() % BATCH == 0) {
                    adding.executeBatch();
                }
            }
            adding.executeBatch();
        }
        return sum;
    }

    private static void bind(
            PreparedStatement adding, int at, int type, @Nullable String value, RowSum sum)
            throws SQLException {
        // PostgreSQL keeps no U+0000 in a text.
        var text = value == null ? null : value.replace('\0', '\uFFFD');
        sum.value(text);
        if (text == null) {
            adding.setNull(at, type);
        } else if (type == Types.BIGINT || type == Types.INTEGER) {
            adding.setLong(at, Long.parseLong(text));
        } else {
            adding.setString(at, text);
        }
    }

    private RowSum sum(String table, Map<String, Integer> columns) throws SQLException {
        var names = String.join(", ", columns.keySet());
        var sum = new RowSum();
        try (var reading = target.createStatement()) {
            reading.setFetchSize(BATCH);
            try (var rows = reading.executeQuery("SELECT " + names + " FROM " + table)) {
                while (rows.next()) {
                    add(rows, columns.size(), sum);
                }
            }
        }
        return sum;
    }

    private static void add(ResultSet row, int columns, RowSum sum) throws SQLException {
        for (int i = 1; i <= columns; i++) {
            sum.value(row.getString(i));
        }
        sum.endOfRow();
    }

    /// The next row gets a number above those that were brought along.
    private void goOn(String table) throws SQLException {
        execute(
                target,
                "SELECT setval(pg_get_serial_sequence('%1$s', 'seq'), max(seq)) FROM %1$s HAVING max(seq) IS NOT NULL"
                        .formatted(table));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// What was not committed is rolled back.
    @Override
    public void close() throws SQLException {
        try (source) {
            target.close();
        }
    }
}
