package tandem.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A real PostgreSQL of the tests' own, started at the first use and ended with the process. Every
/// database in it begins empty.
public final class TestPostgresql {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final Map<Path, String> OF_DIRECTORIES = new ConcurrentHashMap<>();

    private TestPostgresql() {}

    /// Its disk is not waited for: nobody pulls the plug in these tests.
    private static final class Server {
        static final EmbeddedPostgres STARTED = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("autovacuum", "off")
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The address of a new, empty database.
    public static String newDatabase() {
        var name = "tandem" + DATABASES.incrementAndGet();
        administer("CREATE DATABASE " + name);
        return "postgresql://postgres:postgres@localhost:" + Server.STARTED.getPort() + "/" + name;
    }

    /// The same database for the same directory, as a file in it would be.
    public static String databaseOf(Path directory) {
        return OF_DIRECTORIES.computeIfAbsent(directory, d -> newDatabase());
    }

    /// The same database, as JDBC names it.
    public static String jdbc(String url) {
        var name = url.substring(url.lastIndexOf('/') + 1);
        return Server.STARTED.getJdbcUrl("postgres", name);
    }

    /// Runs a statement as the one who may do everything.
    public static void administer(String sql) {
        try (var connection = Server.STARTED.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Waits until the stream of events has come to the last one.
    ///
    /// The classes' databases are in one PostgreSQL, where a transaction that is under way in one
    /// keeps the readers of all from going on.
    public static void awaitStream(Store store) {
        var newest = store.read(tx -> tx.events().newest(Events.Filter.ALL, new Page(0, 1)));
        for (int i = 0; i < 500 && !newest.isEmpty(); i++) {
            long before = newest.getFirst().id() - 1;
            if (!store.read(tx -> tx.events().after(before, Events.Filter.ALL, 1)).isEmpty()) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
