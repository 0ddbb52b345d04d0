package tandem.store.sql;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.TemplateEngine;
import tandem.metric.Metric;
import tandem.metric.Metrics;
import tandem.model.Api;
import tandem.model.Registered;
import tandem.store.Store;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;

/// The store on an SQL database: writes through one group commit, reads through a small pool.
public final class SqlStore implements Store {

    private static final String SQLITE = "sqlite:";

    private final StoreLimits limits;
    private final StoreFigures figures = new StoreFigures();
    private final Map<String, Api> builtIn;
    private final GroupCommit writes;
    private final HikariDataSource readers;
    private final Jdbi reads;

    /// Opens the database, makes it when there is none, and brings its tables to the newest form.
    ///
    /// @param url `sqlite:` and a path
    /// @param builtIn APIs that are registered without anybody registering them
    /// @throws StoreUnavailable when the database cannot be opened
    public static SqlStore open(String url, List<Api> builtIn, StoreLimits limits) {
        if (!url.startsWith(SQLITE)) {
            throw new IllegalArgumentException("a database is named sqlite: and a path");
        }
        return open(new Sqlite(Path.of(url.substring(SQLITE.length()))), builtIn, limits);
    }

    static SqlStore open(Database database, List<Api> builtIn, StoreLimits limits) {
        try {
            database.migrate();
            return new SqlStore(database, builtIn, limits);
        } catch (SQLException | FlywayException | JdbiException | PoolInitializationException e) {
            throw new StoreUnavailable("cannot open the database", e);
        }
    }

    private SqlStore(Database database, List<Api> builtInApis, StoreLimits limits)
            throws SQLException {
        this.limits = limits;
        builtIn = builtInApis.stream().collect(toUnmodifiableMap(Api::identifier, api -> api));
        writes = new GroupCommit(limits, () -> new WriteConnection(database, builtIn));
        try {
            readers = pool(database, limits);
        } catch (RuntimeException e) {
            writes.close();
            throw e;
        }
        reads = configured(Jdbi.create(readers));
        writes.start();
    }

    private static HikariDataSource pool(Database database, StoreLimits limits) {
        var config = new HikariConfig();
        config.setPoolName("store-readers");
        config.setDataSource(database.readers());
        config.setMaximumPoolSize(limits.readers());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(limits.waitMax().toMillis());
        config.setReadOnly(true);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }

    /// Jdbi as every connection here uses it: texts are not templates, arguments take our column
    /// forms, and a failure's message repeats no value.
    static Jdbi configured(Jdbi jdbi) {
        jdbi.setStatementBuilderFactory(connection -> new StatementCache());
        jdbi.registerArgument(new Columns());
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        return jdbi;
    }

    @Override
    public <R> R write(Function<Tx, R> work) {
        return figures.written(() -> writes.write(figures.telling(work)));
    }

    @Override
    public <R> R read(Function<Tx, R> work) {
        return figures.read(() -> readOnce(work));
    }

    private <R> R readOnce(Function<Tx, R> work) {
        try {
            return reads.inTransaction(
                    handle -> work.apply(new SqlTx(handle, builtIn, registered())));
        } catch (JdbiException fault) {
            throw new StoreUnavailable("the database refused to be read", fault);
        }
    }

    @Override
    public Registered registered() {
        return writes.registered();
    }

    /// Tells how much goes on here.
    public void measure(Metrics metrics) {
        metrics.counter(Metric.STORE_WRITES, writes::written);
        metrics.counter(Metric.STORE_COMMITS, writes::commits);
        metrics.gauge(Metric.STORE_WAITING, writes::waiting);
        metrics.gauge(Metric.STORE_WAITING_MAX, limits::queueMax);
        figures.measure(metrics);
        StoreFigures.measure(metrics, readers);
    }

    /// How many commits there were.
    long commits() {
        return writes.commits();
    }

    /// How many writes wait for their turn.
    int waiting() {
        return writes.waiting();
    }

    /// Commits what waits, then closes. The readers go first: the last connection to close is the
    /// writer's, which may then fold the log into the file.
    @Override
    public void close() {
        readers.close();
        writes.close();
    }
}
