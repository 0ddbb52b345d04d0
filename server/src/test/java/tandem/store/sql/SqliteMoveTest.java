package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.store.Records;
import tandem.store.StoreUnavailable;
import tandem.store.TestPostgresql;

/// Moving from SQLite to PostgreSQL: all of it, or nothing.
class SqliteMoveTest {

    private static final int LINKS = 2_500;

    @TempDir Path directory;

    private final String url = TestPostgresql.newDatabase();

    private Path file() {
        return directory.resolve("tandem.db");
    }

    /// More rows than one batch holds.
    @BeforeEach
    void fill() throws SQLException {
        try (var store = SqlStore.open("sqlite:" + file(), List.of(), StoreLimits.STANDARD)) {
            store.write(tx -> {
                for (int i = 0; i < LINKS; i++) {
                    tx.links().add(Records.link("usr_ada"));
                }
                return true;
            });
        }
    }

    private void runInSource(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection target() throws SQLException {
        return DriverManager.getConnection(TestPostgresql.jdbc(url));
    }

    private void runInTarget(String sql) throws SQLException {
        try (var connection = target();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String inTarget(String sql) throws SQLException {
        try (var connection = target();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    @Test
    void everything_arrives_in_as_many_batches_as_it_takes() throws Exception {
        var before = Files.readAllBytes(file());
        var moved = SqliteMove.move(file(), url);
        assertThat(moved).containsEntry("link", (long) LINKS).containsOnlyKeys(Migrations.all());
        assertThat(inTarget("SELECT count(DISTINCT id) FROM link")).isEqualTo("" + LINKS);
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void a_text_that_postgresql_cannot_hold_loses_that_one_character_only() throws Exception {
        runInSource("UPDATE link SET last_agent = 'a' || char(0) || 'b' WHERE seq = 7");
        SqliteMove.move(file(), url);
        assertThat(inTarget("SELECT last_agent FROM link WHERE seq = 7")).isEqualTo("a\uFFFDb");
    }

    @Test
    void what_cannot_arrive_whole_does_not_arrive_at_all_and_can_be_tried_again() throws Exception {
        new Postgresql(PostgresqlAddress.parse(url)).migrate();
        runInTarget("ALTER TABLE link ADD CONSTRAINT nearly CHECK (seq < 2400)");
        assertThatThrownBy(() -> SqliteMove.move(file(), url))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("nothing was moved");
        assertThat(inTarget("SELECT count(*) FROM link")).isEqualTo("0");
        runInTarget("ALTER TABLE link DROP CONSTRAINT nearly");
        assertThat(SqliteMove.move(file(), url)).containsEntry("link", (long) LINKS);
    }

    @Test
    void what_arrives_changed_is_noticed_before_it_counts() throws Exception {
        new Postgresql(PostgresqlAddress.parse(url)).migrate();
        runInTarget(
                """
                CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.seq = 1234 THEN NEW.device_name := 'another'; END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER spoils BEFORE INSERT ON link FOR EACH ROW EXECUTE FUNCTION spoil()
                """);
        assertThatThrownBy(() -> SqliteMove.move(file(), url))
                .hasMessageContaining("what arrived in link is not what was sent");
        assertThat(inTarget("SELECT count(*) FROM link")).isEqualTo("0");
    }

    @Test
    void a_source_that_is_not_of_this_release_is_refused() throws Exception {
        runInSource("DELETE FROM flyway_schema_history WHERE version > '4'");
        assertThatThrownBy(() -> SqliteMove.move(file(), url))
                .hasMessageContaining("has version 4 of the tables and not 7");
    }
}
