package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;
import tandem.store.StoreUnavailable;

/// Databases of older releases, and such as are not whole.
class MigrationsTest {

    /// Columns that have another name since.
    private static final Map<String, String> RENAMED =
            Map.of(
                    "entry.fresh_after", "declined_at",
                    "device_authorization.api", "apis",
                    "link.api", "apis");

    @TempDir Path directory;

    private Path file() {
        return directory.resolve("tandem.db");
    }

    private SqlStore open() {
        return SqlStore.open("sqlite:" + file(), List.of(), StoreLimits.STANDARD);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private void run(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// A database as the release with this version left it, with a row or two in every table.
    private void madeByVersion(String version) throws SQLException {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file());
        Migrations.flyway(source, Sqlite.FOLDER, Sqlite.COLUMN_TYPES)
                .target(version)
                .load()
                .migrate();
        try (var connection = connect()) {
            for (var table : Migrations.tables(connection)) {
                if (!table.equals("flyway_schema_history") && !table.equals("epoch")) {
                    fill(connection, table);
                }
            }
        }
    }

    private static void fill(Connection connection, String table) throws SQLException {
        int rows = table.equals("tenant") || table.equals("revision") ? 1 : 2;
        for (int n = 1; n <= rows; n++) {
            var names = new ArrayList<String>();
            var values = new ArrayList<String>();
            try (var statement = connection.createStatement();
                    var columns = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
                while (columns.next()) {
                    names.add(columns.getString("name"));
                    values.add(value(table, names.getLast(), columns.getString("type"), n));
                }
            }
            try (var statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO %s (%s) VALUES (%s)"
                                .formatted(
                                        table,
                                        String.join(", ", names),
                                        String.join(", ", values)));
            }
        }
    }

    private static String value(String table, String column, String type, int row) {
        return switch (table + "." + column) {
            case "signing_key.state" -> "'retired'";
            case "device_authorization.state" -> "'redeemed'";
            default -> value(column, type, row);
        };
    }

    private static String value(String column, String type, int row) {
        return switch (column) {
            case "email_verified", "blocked", "operator", "expiry_told" -> "1";
            case "algorithm" -> row == 1 ? "'ES256'" : "'RS256'";
            case "ended_by" -> "'user'";
            default -> type.equals("TEXT") ? "'" + column + " " + row + "'" : "" + row;
        };
    }

    /// Every value of every row, under the names of today.
    private Map<String, List<Map<String, String>>> everything() throws SQLException {
        var all = new TreeMap<String, List<Map<String, String>>>();
        try (var connection = connect()) {
            for (var table : Migrations.tables(connection)) {
                if (!table.equals("flyway_schema_history")) {
                    all.put(table, rows(connection, table));
                }
            }
        }
        return all;
    }

    private static List<Map<String, String>> rows(Connection connection, String table)
            throws SQLException {
        var all = new ArrayList<Map<String, String>>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
            var columns = rows.getMetaData();
            while (rows.next()) {
                var row = new TreeMap<String, String>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    var name = columns.getColumnName(i);
                    var now = RENAMED.getOrDefault(table + "." + name, name);
                    row.put(now, String.valueOf(rows.getString(i)));
                }
                all.add(row);
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4"})
    void an_older_database_is_brought_up_and_keeps_every_value(String version) throws SQLException {
        madeByVersion(version);
        var before = everything();
        assertThat(before.get("link")).isNotEmpty();
        new Sqlite(file()).migrate();
        var after = everything();
        assertThat(after.keySet()).containsAll(before.keySet());
        before.forEach((table, rows) -> {
            var kept = after.getOrDefault(table, List.of());
            assertThat(kept).as(table).hasSameSizeAs(rows);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(kept.get(i)).as(table).containsAllEntriesOf(rows.get(i));
            }
        });
        assertThat(after.get("epoch"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("number", "1"));
    }

    @Test
    void the_tables_that_are_looked_for_are_those_that_there_are() throws SQLException {
        open().close();
        try (var connection = connect()) {
            var there = Migrations.tables(connection);
            there.remove("flyway_schema_history");
            assertThat(Migrations.all()).isEqualTo(there);
        }
    }

    private void assertRefusedUntouched(String... why) throws IOException {
        var before = Files.readAllBytes(file());
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailable.class)
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .contains(why);
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void a_change_that_broke_off_is_told() throws Exception {
        madeByVersion("3");
        run("UPDATE flyway_schema_history SET success = 0 WHERE version = '3'");
        assertRefusedUntouched("to version 3 broke off half-way", "put the last copy");
    }

    @Test
    void tables_without_their_history_are_told() throws Exception {
        madeByVersion("3");
        run("DROP TABLE flyway_schema_history");
        assertRefusedUntouched("no history", "link", "put the last copy");
    }

    @Test
    void another_program_s_tables_are_told() throws Exception {
        run("CREATE TABLE songs (title TEXT)");
        assertRefusedUntouched("songs", "another program's");
    }

    @ParameterizedTest
    @CsvSource({"link, 3", "epoch, 5", "event, 1"})
    void a_table_that_is_missing_is_told(String table, String version) throws Exception {
        madeByVersion(version);
        run("DROP TABLE " + table);
        assertRefusedUntouched("version " + version, table + " is missing");
    }

    @Test
    void a_gap_in_the_history_is_told() throws Exception {
        madeByVersion("3");
        run("DELETE FROM flyway_schema_history WHERE version = '2'");
        assertRefusedUntouched("has a gap", "[1, 3]");
    }

    @Test
    void a_step_that_cannot_be_taken_leaves_the_tables_as_they_were() throws Exception {
        madeByVersion("3");
        run("ALTER TABLE link ADD COLUMN epoch BIGINT");
        var before = everything();
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("could not be brought from version 3 to")
                .hasMessageContaining("duplicate column name: epoch");
        assertThat(everything()).isEqualTo(before);
        assertThatThrownBy(this::open).hasMessageContaining("could not be brought from version 3");
    }
}
