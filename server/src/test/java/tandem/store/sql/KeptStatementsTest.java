package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/// Statements of connections that a pool hands out again and again.
class KeptStatementsTest {

    private static final String ASK = "SELECT :number + 1";

    private final List<String> prepared = new ArrayList<>();
    private final KeptStatements kept = new KeptStatements();
    private final SQLiteDataSource source = new SQLiteDataSource();
    private HikariDataSource pool;
    private Jdbi jdbi;

    @BeforeEach
    void open(@TempDir Path folder) {
        source.setUrl("jdbc:sqlite:" + folder.resolve("some.db"));
        var config = new HikariConfig();
        config.setDataSource(watched(DataSource.class, source));
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(2_000);
        pool = new HikariDataSource(config);
        jdbi = SqlStore.configured(Jdbi.create(pool));
        jdbi.setStatementBuilderFactory(kept);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /// The same, but what is prepared is written down.
    private <T> T watched(Class<T> type, T real) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> {
                            var result = method.invoke(real, arguments);
                            if (method.getName().equals("prepareStatement")) {
                                prepared.add((String) arguments[0]);
                            }
                            return result instanceof Connection connection
                                            && method.getName().equals("getConnection")
                                    ? watched(Connection.class, connection)
                                    : result;
                        }));
    }

    private int asks(int number) {
        return jdbi.inTransaction(handle ->
                handle.createQuery(ASK).bind("number", number).mapTo(Integer.class).one());
    }

    @Test
    void a_text_is_prepared_once_however_often_the_connection_is_given_back() {
        for (int i = 0; i < 5; i++) {
            assertThat(asks(i)).isEqualTo(i + 1);
        }
        assertThat(prepared).hasSize(1);
    }

    @Test
    void one_that_is_in_use_is_not_given_to_another() {
        var seen =
                jdbi.withHandle(handle ->
                        handle.createQuery(ASK)
                                .bind("number", 1)
                                .map((row, context) ->
                                        row.getInt(1)
                                                + handle.createQuery(ASK)
                                                        .bind("number", 10)
                                                        .mapTo(Integer.class)
                                                        .one())
                                .list());
        assertThat(seen).containsExactly(2 + 11);
        assertThat(prepared).hasSize(2);
    }

    private long absolute(long number) {
        return jdbi.withHandle(handle ->
                handle.createQuery("SELECT abs(:number)")
                        .bind("number", number)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void a_failure_spoils_nothing() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> absolute(Long.MIN_VALUE)).isInstanceOf(JdbiException.class);
        }
        assertThat(absolute(-3)).isEqualTo(3);
    }

    /// One that stood in the midst of its rows would keep the log from ever being emptied.
    @Test
    void a_connection_at_rest_holds_no_picture_of_the_past() {
        try (var writer = Jdbi.create(source).open()) {
            writer.execute("PRAGMA journal_mode = WAL");
            writer.execute("CREATE TABLE word (text TEXT)");
            writer.execute("INSERT INTO word VALUES ('one'), ('two')");
            jdbi.useTransaction(reader -> {
                assertThat(first(reader)).isEqualTo("one");
                writer.execute("INSERT INTO word VALUES ('three')");
                assertThat(refusesToEmptyItsLog(writer)).as("while it reads").isTrue();
            });
            assertThat(refusesToEmptyItsLog(writer)).isFalse();
        }
    }

    private static String first(Handle reader) {
        return reader.createQuery("SELECT text FROM word ORDER BY rowid")
                .mapTo(String.class)
                .first();
    }

    private static boolean refusesToEmptyItsLog(Handle writer) {
        return writer.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                .map((row, context) -> row.getBoolean("busy"))
                .one();
    }

    @Test
    void those_of_a_connection_that_was_closed_are_forgotten() throws SQLException {
        for (int i = 0; i < 4; i++) {
            assertThat(asks(i)).isEqualTo(i + 1);
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        assertThat(asks(4)).isEqualTo(5);
        assertThat(prepared).hasSize(5);
        assertThat(kept.connections()).isOne();
    }
}
