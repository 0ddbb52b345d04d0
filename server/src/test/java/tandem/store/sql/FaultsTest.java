package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.NOW;
import static tandem.store.Records.TV;
import static tandem.store.Records.account;
import static tandem.store.Records.client;
import static tandem.store.Records.session;

import com.zaxxer.hikari.HikariConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.store.Events;
import tandem.store.StoreUnavailable;

/// A database that fails: nobody is told of a success that is none, and it goes on afterwards.
class FaultsTest {

    private static final StoreLimits LIMITS = new StoreLimits(50, 50, Duration.ofMinutes(1), 2);

    @TempDir Path directory;

    private FailingDatabase database;
    private SqlStore store;

    /// SQLite whose disk can be filled and whose commits can be made to fail.
    private static final class FailingDatabase implements Embedded {

        private final Sqlite sqlite;
        private Connection writer;
        private int connections;

        FailingDatabase(Path file) throws SQLException {
            sqlite = new Sqlite(file);
            writer = DriverManager.getConnection("jdbc:sqlite::memory:");
        }

        @Override
        public Connection writer() throws SQLException {
            connections++;
            writer = sqlite.writer();
            run("PRAGMA foreign_keys = ON");
            return writer;
        }

        @Override
        public HikariConfig readers(StoreLimits limits) {
            return sqlite.readers(limits);
        }

        @Override
        public String begin() {
            return sqlite.begin();
        }

        @Override
        public void migrate() throws SQLException {
            sqlite.migrate();
        }

        @Override
        public void requireAlone() throws SQLException {
            sqlite.requireAlone();
        }

        /// Leaves a reference into nothing, which the database refuses to commit.
        void violateAtCommit() {
            run("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
            run(
                    "CREATE TABLE child (id INTEGER REFERENCES parent"
                            + " DEFERRABLE INITIALLY DEFERRED)");
            run("INSERT INTO child VALUES (7)");
        }

        void run(String sql) {
            try (var statement = writer.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void open() throws SQLException {
        database = new FailingDatabase(directory.resolve("t.db"));
        store = SqlStore.open(database, List.of(), LIMITS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_full_disk_fails_every_write_of_the_batch_and_passes() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ =
                    threads.submit(() ->
                            store.write(tx -> {
                                // No more pages than there are now, from here on.
                                database.run("PRAGMA max_page_count = 1");
                                inside.countDown();
                                return awaited(goOn);
                            }));
            inside.await();
            var small = account("ada@example.com");
            var first = threads.submit(() -> store.write(tx -> tx.accounts().add(small)));
            var big = threads.submit(() -> store.write(tx -> fill(tx.events())));
            var last = threads.submit(() -> store.write(tx -> tx.accounts().add(account("e@e"))));
            while (store.waiting() < 3) {
                Thread.onSpinWait();
            }
            goOn.countDown();
            for (var write : List.of(first, big, last)) {
                assertThatThrownBy(write::get).hasCauseInstanceOf(StoreUnavailable.class);
            }
            assertThat(store.<Long>read(tx -> tx.accounts().count())).isZero();
            assertThat(store.<Boolean>write(tx -> tx.accounts().add(small))).isTrue();
            assertThat(database.connections).isEqualTo(2);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean fill(Events events) {
        var details = Map.of("long", "x".repeat(10_000));
        for (int i = 0; i < 20; i++) {
            events.add(new Event(EventType.ADMIN_CHANGED, NOW, Event.About.NOTHING, details));
        }
        return true;
    }

    @Test
    void a_commit_that_fails_leaves_nothing_and_what_is_registered_as_it_was() {
        var before = store.registered();
        assertThatThrownBy(() ->
                        store.write(tx -> {
                            tx.registry().put(client("tv"));
                            database.violateAtCommit();
                            return true;
                        }))
                .isInstanceOf(StoreUnavailable.class);
        assertThat(store.registered()).isSameAs(before);
        assertThat(store.<Boolean>read(tx -> tx.registered().client(TV).isPresent())).isFalse();
        assertThat(store.<Boolean>write(tx -> tx.registered().client(TV).isPresent())).isFalse();
    }

    @Test
    void a_statement_that_fails_is_told_without_the_values_it_was_given() {
        var twice = session("usr_ada");
        store.write(tx -> {
            tx.sessions().add(twice);
            return true;
        });
        assertThatThrownBy(() ->
                        store.write(tx -> {
                            tx.sessions().add(twice);
                            return true;
                        }))
                .isInstanceOf(StoreUnavailable.class)
                .satisfies(fault -> assertThat(told(fault)).doesNotContain(twice.token().value()));
        assertThat(store.<Boolean>write(tx -> tx.accounts().add(account("ada@example.com"))))
                .isTrue();
    }

    private static String told(Throwable fault) {
        var trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void a_file_that_is_no_database_is_unavailable() throws Exception {
        var file = directory.resolve("other.db");
        Files.writeString(file, "x".repeat(5_000));
        assertThatThrownBy(() -> SqlStore.open("sqlite:" + file, List.of(), LIMITS))
                .isInstanceOf(StoreUnavailable.class);
    }
}
