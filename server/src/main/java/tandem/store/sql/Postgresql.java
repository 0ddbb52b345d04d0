package tandem.store.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;
import tandem.model.Api;
import tandem.store.Signal;

/// PostgreSQL: as many nodes as there are, each write a transaction of its own.
///
/// `READ COMMITTED`: every statement sees what was committed before it, and a conditional update
/// that met another looks at its row again. What a person must wait for is bounded everywhere, and
/// adds up to less than five seconds: for a connection, for a lock, for a statement, for an answer.
final class Postgresql implements Database {

    static final int WRITERS = 16;
    static final int READERS = 16;

    /// The driver counts in seconds.
    private static final int CONNECT_SECONDS = 2;

    private static final int ANSWER_SECONDS = 3;
    private static final Duration CONNECTION_WAIT = Duration.ofMillis(1_500);
    private static final Duration VALIDATION_WAIT = Duration.ofSeconds(1);

    /// A node that stands still in the midst of a transaction loses it, and the locks with it,
    /// before those who wait for them have waited too long.
    private static final String SESSION =
            "-c statement_timeout=2500 -c lock_timeout=2000"
                    + " -c idle_in_transaction_session_timeout=2000";

    /// Never less than on: a commit is on the disk, and with the standby where there is one.
    private static final String DURABLE =
            "SELECT set_config('synchronous_commit', 'on', false)"
                    + " WHERE current_setting('synchronous_commit') <> 'remote_apply'";

    private static final Map<String, String> COLUMN_TYPES =
            Map.of(
                    "given_key", "BIGINT PRIMARY KEY",
                    "assigned_key", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                    "never_reused_key", "BIGINT PRIMARY KEY");

    static final String FOLDER = Migrations.FOLDER + "-postgresql";

    private final PostgresqlAddress address;

    Postgresql(PostgresqlAddress address) {
        this.address = address;
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void migrate() throws SQLException {
        var source = source();
        Migrations.run(source, FOLDER, COLUMN_TYPES);
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT events_go_on()");
        }
    }

    @Override
    public HikariConfig readers(StoreLimits limits) {
        var pool = pool(READERS);
        pool.setReadOnly(true);
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        return pool;
    }

    HikariConfig writers() {
        var pool = pool(WRITERS);
        pool.setPoolName("store-writers");
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool.setConnectionInitSql(DURABLE);
        return pool;
    }

    @Override
    public Writes writes(StoreLimits limits, Map<String, Api> builtIn) {
        var connections = new HikariDataSource(writers());
        try {
            return new OwnTransactions(connections, limits, builtIn);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    @Override
    public Ear listen(Writes writes, Map<String, Api> builtIn, Consumer<Signal> heard) {
        return new Listening(this::ear, builtIn, ((OwnTransactions) writes)::learn, heard).start();
    }

    private Connection ear() throws SQLException {
        return bounded().getConnection();
    }

    private HikariConfig pool(int size) {
        var pool = new HikariConfig();
        pool.setDataSource(bounded());
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        pool.setValidationTimeout(VALIDATION_WAIT.toMillis());
        return pool;
    }

    private PGSimpleDataSource bounded() {
        var source = source();
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setOptions(SESSION);
        return source;
    }

    /// Connections to the primary alone: a standby may not know yet what was acknowledged.
    private PGSimpleDataSource source() {
        var source = new PGSimpleDataSource();
        address.fill(source);
        source.setTargetServerType("primary");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setTcpKeepAlive(true);
        source.setApplicationName("tandem");
        return source;
    }
}
