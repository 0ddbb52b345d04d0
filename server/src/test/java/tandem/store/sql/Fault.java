package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import org.postgresql.jdbc.PgConnection;
import org.sqlite.SQLiteErrorCode;
import tandem.store.sql.Between.Call;
import tandem.store.sql.Between.Real;

/// What a database does instead of what it was asked, as far as possible with the real one.
public enum Fault {

    /// The statement is refused; the connection goes on.
    REFUSED {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            if (postgresql(connection)) {
                raise(connection, "53100");
            }
            throw new SQLException("disk I/O error", "", SQLiteErrorCode.SQLITE_IOERR.code);
        }
    },

    /// The statement is refused, and the transaction is over: a full disk, or a lost race.
    UNDONE {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            if (postgresql(connection)) {
                raise(connection, call.writes() ? "40001" : "53200");
            }
            try (var statement = connection.createStatement()) {
                statement.execute("ROLLBACK");
            } catch (SQLException none) {
                // not within a transaction
            }
            throw new SQLException("disk is full", "", SQLiteErrorCode.SQLITE_FULL.code);
        }
    },

    /// The connection breaks before the call arrives.
    CUT {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            cut(connection);
            throw lost();
        }
    },

    /// The call is done, and its answer lost with the connection.
    ANSWER_LOST {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            var _ = real.run();
            cut(connection);
            throw lost();
        }
    },

    /// The call takes longer than anybody waits. PostgreSQL ends it; SQLite's disk has the time it
    /// takes, and then goes on.
    SLOW {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            if (postgresql(connection)) {
                run(connection, "SET statement_timeout = " + SHORT.toMillis());
                run(connection, "SELECT pg_sleep(" + LONG.toMillis() + " / 1000.0)");
            }
            pause();
            return real.run();
        }
    },

    /// The network swallows what is sent, and the driver gives up.
    SILENT {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            if (postgresql(connection)) {
                connection.setNetworkTimeout(Runnable::run, (int) SHORT.toMillis());
                run(connection, "SELECT pg_sleep(" + LONG.toMillis() + " / 1000.0)");
            }
            pause();
            cut(connection);
            throw lost();
        }
    },

    /// The commit is done, and the server warns that no standby has it.
    WARNED {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            T done = real.run();
            if (postgresql(connection) && call.commits()) {
                connection
                        .unwrap(PgConnection.class)
                        .addWarning(new SQLWarning("canceling wait for replication", "01000"));
            }
            return done;
        }
    },

    /// The connection breaks, and no other can be had.
    DOWN {
        @Override
        <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException {
            return CUT.strike(call, connection, real);
        }
    };

    static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMillis(400);

    abstract <T> T strike(Call call, Connection connection, Real<T> real) throws SQLException;

    static boolean postgresql(Connection connection) {
        return connection instanceof PgConnection;
    }

    static SQLException lost() {
        return new SQLException("the connection broke", "08006");
    }

    static void cut(Connection connection) throws SQLException {
        if (postgresql(connection)) {
            connection.abort(Runnable::run);
        } else {
            connection.close();
        }
    }

    private static void raise(Connection connection, String state) throws SQLException {
        run(connection, "DO $$ BEGIN RAISE 'a fault' USING ERRCODE = '" + state + "'; END $$");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SHORT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
