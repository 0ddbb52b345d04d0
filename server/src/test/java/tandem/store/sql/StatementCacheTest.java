package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/// Statements that are used again.
class StatementCacheTest {

    private static final String ADD = "INSERT INTO word (text) VALUES (?)";

    @Test
    void what_was_added_before_and_not_run_is_forgotten() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                var handle = Jdbi.create(connection).open()) {
            handle.execute("CREATE TABLE word (text TEXT)");
            var context = handle.createUpdate(ADD).getContext();
            var cache = new StatementCache();
            var failed = cache.create(connection, ADD, context);
            failed.setString(1, "of a transaction that failed");
            failed.addBatch();
            cache.close(connection, ADD, failed);

            var next = cache.create(connection, ADD, context);
            assertThat(next).isSameAs(failed);
            next.setString(1, "of the next one");
            next.addBatch();
            assertThat(next.executeBatch()).hasSize(1);
            assertThat(handle.createQuery("SELECT text FROM word").mapTo(String.class).list())
                    .containsExactly("of the next one");
            cache.close(connection);
        }
    }

    /// The driver gives it up, and does not say that it is closed.
    @Test
    void one_that_failed_is_prepared_anew() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                var handle = SqlStore.configured(Jdbi.create(connection)).open()) {
            assertThatThrownBy(() -> absolute(handle, Long.MIN_VALUE))
                    .hasMessageContaining("integer overflow");
            assertThat(absolute(handle, -3)).isEqualTo(3);
        }
    }

    private static long absolute(Handle handle, long number) {
        return handle.createQuery("SELECT abs(:number)")
                .bind("number", number)
                .mapTo(Long.class)
                .one();
    }
}
