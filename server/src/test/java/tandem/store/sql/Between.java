package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/// Stands between the store and its database: sees every call, and may do otherwise.
public interface Between {

    /// One call of a connection.
    ///
    /// @param sql the statement, or the word of the driver
    /// @param writes whether the connection may write
    /// @param thread who calls
    record Call(String sql, boolean writes, Thread thread) {

        static final String BEGIN = "BEGIN";
        static final String COMMIT = "COMMIT";
        static final String ROLLBACK = "ROLLBACK";
        static final String AUTOMATIC = "AUTOMATIC";

        public boolean commits() {
            return writes && sql.equals(COMMIT);
        }

        /// The commit of a write, or what the driver does next.
        boolean ends() {
            return commits() || (writes && sql.equals(AUTOMATIC));
        }
    }

    /// What the driver would do.
    @FunctionalInterface
    interface Real<T> {
        T run() throws SQLException;
    }

    /// Does what is called, or something else.
    ///
    /// @param connection the driver's own
    <T> T call(Call call, Connection connection, Real<T> real) throws SQLException;

    /// A new connection is asked for.
    default void connects() throws SQLException {}
}
