package tandem.store.sql;

import com.zaxxer.hikari.HikariConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import tandem.store.StoreUnavailable;

/// SQLite: one file, write-ahead log, one writer.
///
/// `synchronous=FULL`: a commit is on the disk before it is answered. Foreign keys are not
/// enforced, since most names refer to rows that are swept at their own time.
final class Sqlite implements Embedded {

    /// Another process may hold the file for a moment: a backup, or the `sqlite3` shell.
    private static final Duration BUSY_MAX = Duration.ofSeconds(2);

    /// Fewer and longer checkpoints than standard: measured best for throughput.
    private static final int CHECKPOINT_PAGES = 4_000;

    /// The indexes of hashes are touched at random places: the writer keeps them in memory.
    private static final int WRITER_CACHE_KIBIBYTES = 32 * 1024;

    static final String FOLDER = Migrations.FOLDER + "-sqlite";

    static final Map<String, String> COLUMN_TYPES =
            Map.of(
                    "given_key", "INTEGER PRIMARY KEY",
                    "assigned_key", "INTEGER PRIMARY KEY",
                    "never_reused_key", "INTEGER PRIMARY KEY AUTOINCREMENT");

    private final Path file;

    Sqlite(Path file) {
        this.file = file;
    }

    @Override
    public Connection writer() throws SQLException {
        var connection = writing().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            statement.execute("PRAGMA cache_size = -" + WRITER_CACHE_KIBIBYTES);
            // The driver ends each statement of its automatic mode with a transaction of its own.
            // Out of that mode it begins one at once; ended here, ours are the only ones.
            connection.setAutoCommit(false);
            statement.execute("COMMIT");
        }
        return connection;
    }

    @Override
    public HikariConfig readers(StoreLimits limits) {
        var pool = new HikariConfig();
        pool.setDataSource(looking());
        pool.setMaximumPoolSize(limits.readers());
        pool.setConnectionTimeout(limits.waitMax().toMillis());
        pool.setMinimumIdle(1);
        pool.setMaxLifetime(0);
        return pool;
    }

    @Override
    public String begin() {
        return "BEGIN IMMEDIATE";
    }

    @Override
    public void migrate() throws SQLException {
        create(file);
        var opened = new SqliteFile(file);
        opened.requireNoForeignLog();
        Migrations.run(looking(), writing(), FOLDER, COLUMN_TYPES);
        if (opened.isCopy()) {
            // From now on the log beside it is its own.
            try (var connection = writing().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("PRAGMA application_id = 0");
            }
        }
    }

    @Override
    public void requireAlone() throws SQLException {
        if (Files.notExists(file)) {
            throw new StoreUnavailable("there is no database yet");
        }
        var opened = new SqliteFile(file);
        opened.requireNoForeignLog();
        if (opened.inUse()) {
            throw new StoreUnavailable("a server runs on it; stop it first");
        }
    }

    /// Connections that cannot change anything, not even how the file is written.
    SQLiteDataSource looking() {
        var config = config();
        config.setReadOnly(true);
        return source(config);
    }

    private SQLiteDataSource writing() {
        var config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return source(config);
    }

    private SQLiteDataSource source(SQLiteConfig config) {
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY_MAX.toMillis());
        // Nobody asks for generated keys, and the driver would look after every insert.
        config.setGetGeneratedKeys(false);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return config;
    }

    /// Only the server's own user may read what is remembered. The log files beside it take the
    /// rights of the database.
    private static void create(Path file) {
        var directory = file.toAbsolutePath().getParent();
        try {
            if (directory != null && !Files.exists(directory)) {
                Files.createDirectories(directory, only(file, "rwx------"));
            }
            if (!Files.exists(file)) {
                Files.createFile(file, only(file, "rw-------"));
            }
        } catch (IOException e) {
            throw new StoreUnavailable("cannot create the database " + file, e);
        }
    }

    static FileAttribute<?>[] only(Path file, String permissions) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> rights = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)};
    }
}
