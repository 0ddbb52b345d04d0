package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.store.StoreUnavailable;

/// The file of the database: its rights, its settings, its version.
class SqliteFileTest {

    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__\\w+\\.sql");

    @TempDir Path directory;

    private Path folder() {
        return directory.resolve("data");
    }

    private Path file() {
        return folder().resolve("tandem.db");
    }

    private SqlStore open() {
        return SqlStore.open("sqlite:" + file(), List.of(), StoreLimits.STANDARD);
    }

    @Test
    void only_the_servers_user_may_read_the_file_and_its_log() throws IOException {
        assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this file system has no POSIX rights");
        try (var store = open()) {
            store.write(tx -> tx.accounts().count());
            assertThat(rights(folder())).isEqualTo("rwx------");
            assertThat(rights(file())).isEqualTo("rw-------");
            assertThat(rights(file().resolveSibling("tandem.db-wal"))).isEqualTo("rw-------");
            assertThat(rights(file().resolveSibling("tandem.db-shm"))).isEqualTo("rw-------");
        }
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void a_commit_is_on_the_disk_before_it_is_answered() throws SQLException {
        open().close();
        try (var connection = new Sqlite(file()).writer()) {
            assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(connection, "synchronous")).isEqualTo("2");
            assertThat(pragma(connection, "wal_autocheckpoint")).isEqualTo("4000");
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA " + name)) {
            return rows.getString(1);
        }
    }

    @Test
    void a_reader_cannot_write() {
        try (var store = open()) {
            assertThatThrownBy(() -> store.read(tx -> tx.accounts().remove("usr_ada")))
                    .isInstanceOf(StoreUnavailable.class);
        }
    }

    @Test
    void the_newest_version_is_that_of_the_newest_migration() throws Exception {
        for (var own : List.of(Sqlite.FOLDER, Postgresql.FOLDER)) {
            var versions = new ArrayList<>(versions(Migrations.FOLDER));
            versions.addAll(versions(own));
            assertThat(versions).doesNotHaveDuplicates().contains(Migrations.NEWEST);
            assertThat(Collections.max(versions)).isEqualTo(Migrations.NEWEST);
        }
    }

    private List<Integer> versions(String folder) throws Exception {
        URI uri = Objects.requireNonNull(getClass().getClassLoader().getResource(folder)).toURI();
        try (var files = Files.list(Path.of(uri))) {
            return files.map(file -> MIGRATION.matcher(file.getFileName().toString()))
                    .filter(match -> match.matches())
                    .map(match -> Integer.valueOf(match.group(1)))
                    .toList();
        }
    }

    @Test
    void a_database_of_a_newer_release_is_left_alone() throws SQLException {
        open().close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET version = '99'");
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("newer release");
    }

    @Test
    void another_kind_of_database_is_refused_in_words() {
        assertThatThrownBy(() -> SqlStore.open("oracle:x", List.of(), StoreLimits.STANDARD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sqlite:");
    }
}
