package tandem.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tandem.model.Api;
import tandem.store.Signal;
import tandem.store.Store;

/// Opens stores whose every call to their database passes a [Between]. Pools are small, so that
/// what is not given back is missed soon.
public final class WatchedStore {

    private static final int POOL = 4;
    private static final int CONNECTION_WAIT_MILLIS = 1_000;

    private WatchedStore() {}

    public static Store open(String url, List<Api> builtIn, StoreLimits limits, Between between) {
        var database =
                url.startsWith("sqlite:")
                        ? new OnSqlite(new Sqlite(Path.of(url.substring(7))), between)
                        : new OnPostgresql(new Postgresql(parsed(url)), between);
        return SqlStore.open(database, builtIn, limits);
    }

    private static PostgresqlAddress parsed(String url) {
        try {
            return PostgresqlAddress.parse(url);
        } catch (PostgresqlAddress.Malformed e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static HikariConfig watched(HikariConfig pool, Between between, boolean writes) {
        pool.setDataSource(new Watched(between, writes).source(pool.getDataSource()));
        pool.setMaximumPoolSize(POOL);
        pool.setConnectionTimeout(CONNECTION_WAIT_MILLIS);
        return pool;
    }

    private record OnSqlite(Sqlite real, Between between) implements Embedded {

        @Override
        public Connection writer() throws SQLException {
            between.connects();
            return new Watched(between, true).connection(real.writer());
        }

        @Override
        public String begin() {
            return real.begin();
        }

        @Override
        public void requireAlone() throws SQLException {
            real.requireAlone();
        }

        @Override
        public void migrate() throws SQLException {
            real.migrate();
        }

        @Override
        public HikariConfig readers(StoreLimits limits) {
            return watched(real.readers(limits), between, false);
        }
    }

    private record OnPostgresql(Postgresql real, Between between) implements Database {

        @Override
        public boolean shared() {
            return true;
        }

        @Override
        public void requireAlone() throws SQLException {
            real.requireAlone();
        }

        @Override
        public void migrate() throws SQLException {
            real.migrate();
        }

        @Override
        public HikariConfig readers(StoreLimits limits) {
            return watched(real.readers(limits), between, false);
        }

        @Override
        public Writes writes(StoreLimits limits, Map<String, Api> builtIn) {
            var connections = new HikariDataSource(watched(real.writers(), between, true));
            return new OwnTransactions(connections, limits, builtIn);
        }

        @Override
        public Ear listen(Writes writes, Map<String, Api> builtIn, Consumer<Signal> heard) {
            return real.listen(writes, builtIn, heard);
        }
    }
}
