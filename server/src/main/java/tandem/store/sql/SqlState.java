package tandem.store.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// What a fault says about the transaction it ended. [PostgreSQL, Appendix
/// A](https://www.postgresql.org/docs/current/errcodes-appendix.html)
///
/// @param conflict it met another transaction and was undone
/// @param locked it waited for another transaction as long as it may
/// @param lost the connection broke
record SqlState(boolean conflict, boolean locked, boolean lost) {

    private static final SqlState OTHER = new SqlState(false, false, false);

    /// True when nothing came of it, provided that it had not begun to commit.
    boolean didNothing() {
        return conflict || lost;
    }

    static SqlState of(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return OTHER; // waited for a connection long enough
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return of(sql.getSQLState());
            }
        }
        return OTHER;
    }

    private static SqlState of(String state) {
        return switch (state) {
            // Serialization, deadlock; and a unique key, violated by one who looked before another
            // committed.
            case "40001", "40P01", "23505" -> new SqlState(true, false, false);
            case "55P03" -> new SqlState(false, true, false);
            default ->
                    new SqlState(false, false, state.startsWith("08") || state.startsWith("57P"));
        };
    }
}
