package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.store.Records;
import tandem.store.StoreUnavailable;

/// A copy of the file of a database that is being written to.
class SqliteCopyTest {

    @TempDir Path directory;

    private Path file() {
        return directory.resolve("tandem.db");
    }

    private SqlStore open() {
        return SqlStore.open("sqlite:" + file(), List.of(), StoreLimits.STANDARD);
    }

    private static long asked(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.getLong(1);
        }
    }

    private static boolean links(SqlStore store) {
        return store.write(tx -> {
            var link = Records.link("usr_ada");
            tx.links().add(link);
            tx.events().add(Event.of(EventType.LINK_CREATED, Records.NOW, Event.About.of(link)));
            return true;
        });
    }

    @Test
    void a_copy_holds_whole_transactions_and_all_that_were_acknowledged_before_it()
            throws Exception {
        var ended = new AtomicBoolean();
        try (var store = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                links(store);
            }
            Future<Integer> writing =
                    threads.submit(() -> {
                        int written = 0;
                        while (!ended.get()) {
                            links(store);
                            written++;
                        }
                        return written;
                    });
            for (int i = 0; i < 5; i++) {
                long before = asked(file(), "SELECT count(*) FROM link");
                var copy = directory.resolve("copy" + i);
                var made = SqliteCopy.make(file(), copy, Records.NOW);
                assertThat(made.rows().get("link"))
                        .isGreaterThanOrEqualTo(before)
                        .isEqualTo(made.rows().get("event"));
            }
            ended.set(true);
            assertThat(writing.get()).isPositive();
        }
    }

    @Test
    void codes_and_sessions_are_not_in_a_copy() throws Exception {
        try (var store = open()) {
            store.write(tx -> {
                tx.sessions().add(Records.session("usr_ada"));
                return tx.deviceAuthorizations().add(Records.asked());
            });
        }
        var made = SqliteCopy.make(file(), directory.resolve("copy"), Records.NOW);
        assertThat(made.rows())
                .containsEntry("device_authorization", 0L)
                .containsEntry("session", 0L)
                .containsEntry("epoch", 1L);
        assertThat(new SqliteFile(directory.resolve("copy")).isCopy()).isTrue();
        assertThat(new SqliteFile(file()).isCopy()).isFalse();
    }

    @Test
    void a_damaged_database_gives_no_copy() throws Exception {
        try (var store = open()) {
            for (int i = 0; i < 200; i++) {
                links(store);
            }
        }
        var bytes = Files.readAllBytes(file());
        for (int at = 40_000; at < bytes.length; at += 500) {
            bytes[at] ^= 0x55;
        }
        Files.write(file(), bytes);
        assertThatThrownBy(() -> SqliteCopy.make(file(), directory.resolve("copy"), Records.NOW))
                .isInstanceOf(StoreUnavailable.class);
        assertNoCopy();
    }

    @Test
    void a_row_that_breaks_its_own_rules_is_not_passed_off_as_whole() throws Exception {
        try (var store = open()) {
            links(store);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA ignore_check_constraints = ON");
            statement.execute("UPDATE link SET ended_by = 'nobody'");
        }
        assertThatThrownBy(() -> SqliteCopy.make(file(), directory.resolve("copy"), Records.NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("the copy is damaged");
        assertNoCopy();
    }

    @Test
    void a_name_that_is_taken_and_a_folder_that_is_not_there_are_refused() throws IOException {
        open().close();
        assertThatThrownBy(() -> SqliteCopy.make(file(), file(), Records.NOW))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> SqliteCopy.make(file(), directory.resolve("no/copy"), Records.NOW))
                .hasMessageContaining("there is no folder");
        var nothing = directory.resolve("nothing.db");
        assertThatThrownBy(() -> SqliteCopy.make(nothing, directory.resolve("copy"), Records.NOW))
                .hasMessageContaining("no database");
        assertThat(nothing).doesNotExist();
        assertNoCopy();
    }

    private void assertNoCopy() throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.startsWith("tandem.db"));
        }
    }
}
