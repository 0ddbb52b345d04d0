package tandem.store.sql;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import tandem.model.Api;
import tandem.model.Registered;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;

/// Every write a transaction of its own, on a connection from a pool.
///
/// One that lost a deadlock, a serialization race or the race for a unique key, or whose connection
/// broke before it asked to commit, did nothing and runs again, a bounded number of times. One
/// whose commit was not clearly acknowledged may have happened or not: its caller is told neither.
final class OwnTransactions implements Writes {

    private static final int ATTEMPTS_MAX = 5;
    private static final int PAUSE_MILLIS = 20;

    private static final ScopedValue<Boolean> WRITING = ScopedValue.newInstance();

    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final Map<String, Api> builtIn;
    private final Semaphore room;
    private final AtomicLong commits = new AtomicLong();
    private final AtomicReference<Registered> registered;

    /// @param limits bounds how many writes run or wait for a connection
    OwnTransactions(HikariDataSource connections, StoreLimits limits, Map<String, Api> builtIn) {
        this.connections = connections;
        this.jdbi = SqlStore.configured(Jdbi.create(connections));
        this.builtIn = builtIn;
        this.room = new Semaphore(limits.queueMax());
        this.registered =
                new AtomicReference<>(
                        jdbi.withHandle(handle -> new RegisteredTables(handle, builtIn).load()));
    }

    @Override
    public <R> R write(Function<Tx, R> work) {
        if (WRITING.isBound()) {
            throw new IllegalStateException("a write inside a write would be another transaction");
        }
        if (!room.tryAcquire()) {
            throw new StoreUnavailable("too many writes wait");
        }
        try {
            return ScopedValue.where(WRITING, true).call(() -> attempts(work));
        } finally {
            room.release();
        }
    }

    private <R> R attempts(Function<Tx, R> work) {
        for (int attempt = 1; ; attempt++) {
            try (var handle = jdbi.open()) {
                return once(handle, work);
            } catch (JdbiException fault) {
                if (attempt == ATTEMPTS_MAX || !SqlState.of(fault).didNothing()) {
                    throw new StoreUnavailable("the database refused a transaction", fault);
                }
                pause(attempt);
            }
        }
    }

    private <R> R once(Handle handle, Function<Tx, R> work) {
        handle.begin();
        Registered picture;
        R result;
        try {
            var tx = new SqlTx(handle, builtIn, registered.get(), Nodes.MANY);
            result = work.apply(tx);
            picture = tx.changedRegistry() ? tx.changed() : tx.known();
        } catch (Throwable thrown) {
            undo(handle, thrown);
            throw thrown;
        }
        commit(handle);
        learn(picture);
        return result;
    }

    /// A warning is as bad as a fault: the server warns when it stops waiting for the standby, and
    /// then the commit may be lost with this machine.
    private void commit(Handle handle) {
        try {
            var connection = handle.getConnection();
            connection.clearWarnings();
            handle.commit();
            var warning = connection.getWarnings();
            if (warning != null) {
                throw warning;
            }
            commits.incrementAndGet();
        } catch (JdbiException | SQLException unclear) {
            if (SqlState.of(unclear).conflict()) {
                throw new Conflict(unclear);
            }
            throw new StoreUnavailable("it is not known whether the commit happened", unclear);
        }
    }

    private static void undo(Handle handle, Throwable thrown) {
        try {
            handle.rollback();
        } catch (JdbiException lost) {
            thrown.addSuppressed(lost);
        }
    }

    /// Two works that met once should not meet again.
    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, (long) PAUSE_MILLIS * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting", e);
        }
    }

    @Override
    public Registered registered() {
        return registered.get();
    }

    /// Takes up a picture of what is registered, unless a newer one is known.
    void learn(Registered picture) {
        registered.accumulateAndGet(
                picture, (known, seen) -> seen.revision() > known.revision() ? seen : known);
    }

    @Override
    public long written() {
        return commits();
    }

    @Override
    public long commits() {
        return commits.get();
    }

    @Override
    public int waiting() {
        return connections.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    @Override
    public int writing() {
        return connections.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public int writers() {
        return connections.getMaximumPoolSize();
    }

    @Override
    public void close() {
        connections.close();
    }

    /// A transaction that the database undid at its very end.
    private static final class Conflict extends JdbiException {
        Conflict(Exception cause) {
            super("the commit met another", cause);
        }
    }
}
