package tandem.store.sql;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.metric.Metric;
import tandem.metric.Metrics;
import tandem.model.Api;
import tandem.model.Registered;
import tandem.store.Signal;
import tandem.store.Store;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;

/// The store on an SQL database: writes as the database takes them best, reads through a pool.
public final class SqlStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

    /// A connection that broke while nobody used it is noticed by the next to use it.
    private static final int READS_MAX = 3;

    private static final String SQLITE = "sqlite:";

    private final StoreLimits limits;
    private final StoreFigures figures = new StoreFigures();
    private final Map<String, Api> builtIn;
    private final boolean shared;
    private final Writes writes;
    private final HikariDataSource readers;
    private final Jdbi reads;
    private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();
    private final Database.Ear ear;

    /// Opens the database, makes it when there is none, and brings its tables to the newest form.
    ///
    /// @param url `sqlite:` and a path, or as [PostgresqlAddress] says
    /// @param builtIn APIs that are registered without anybody registering them
    /// @throws StoreUnavailable when the database cannot be opened
    public static SqlStore open(String url, List<Api> builtIn, StoreLimits limits) {
        return open(database(url), builtIn, limits);
    }

    private static Database database(String url) {
        if (url.startsWith(SQLITE)) {
            return new Sqlite(Path.of(url.substring(SQLITE.length())));
        }
        if (!PostgresqlAddress.claims(url)) {
            throw new IllegalArgumentException(
                    "a database is named sqlite: and a path, or " + PostgresqlAddress.EXAMPLE);
        }
        try {
            return new Postgresql(PostgresqlAddress.parse(url));
        } catch (PostgresqlAddress.Malformed e) {
            throw new IllegalArgumentException("the database's address " + e.getMessage(), e);
        }
    }

    /// Refuses a database that a server is at work on.
    ///
    /// @throws StoreUnavailable with what to do
    public static void requireAlone(String url) throws SQLException {
        database(url).requireAlone();
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
        shared = database.shared();
        writes = database.writes(limits, builtIn);
        try {
            var pool = database.readers(limits);
            pool.setPoolName("store-readers");
            pool.setReadOnly(true);
            readers = new HikariDataSource(pool);
        } catch (RuntimeException e) {
            writes.close();
            throw e;
        }
        reads = configured(Jdbi.create(readers));
        if (!shared) {
            reads.setStatementBuilderFactory(new KeptStatements());
        }
        ear = database.listen(writes, builtIn, this::heard);
    }

    /// A listener that fails disturbs neither the others nor the listening.
    private void heard(Signal signal) {
        for (var listener : listeners) {
            try {
                listener.accept(signal);
            } catch (RuntimeException fault) {
                LOG.warn("a signal of another node could not be followed", fault);
            }
        }
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
        return figures.read(() -> readAgain(work));
    }

    private <R> R readAgain(Function<Tx, R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return reads.inTransaction(handle -> read(handle, work));
            } catch (JdbiException fault) {
                if (attempt == READS_MAX || !SqlState.of(fault).lost()) {
                    throw new StoreUnavailable("the database refused to be read", fault);
                }
            }
        }
    }

    private <R> R read(Handle handle, Function<Tx, R> work) {
        try {
            return work.apply(new SqlTx(handle, builtIn, registered(), nodes()));
        } catch (JdbiException fault) {
            if (!shared) { // the pool does not see what becomes of statements that are kept
                readers.evictConnection(handle.getConnection());
            }
            throw fault;
        }
    }

    private Nodes nodes() {
        return shared ? Nodes.MANY : Nodes.ONE;
    }

    @Override
    public Registered registered() {
        return writes.registered();
    }

    @Override
    public void listen(Consumer<Signal> listener) {
        listeners.add(listener);
    }

    @Override
    public boolean shared() {
        return shared;
    }

    @Override
    public int hearing() {
        return ear.hearing();
    }

    @Override
    public void measure(Metrics metrics) {
        metrics.counter(Metric.STORE_WRITES, writes::written);
        metrics.counter(Metric.STORE_COMMITS, writes::commits);
        metrics.gauge(Metric.STORE_WAITING, writes::waiting);
        metrics.gauge(Metric.STORE_WAITING_MAX, limits::queueMax);
        metrics.gauge(Metric.STORE_WRITERS, writes::writing);
        metrics.gauge(Metric.STORE_WRITERS_MAX, writes::writers);
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
        ear.close();
        readers.close();
        writes.close();
    }
}
