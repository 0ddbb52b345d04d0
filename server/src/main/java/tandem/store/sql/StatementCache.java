package tandem.store.sql;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.CloseException;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/// Keeps the prepared statements of one connection, so that a text is compiled once and not at
/// every use. The texts are constants of this room and bound it.
///
/// A statement in use is out of the cache: the same text used meanwhile gets another.
final class StatementCache implements StatementBuilder {

    private final Map<String, PreparedStatement> idle = new HashMap<>();
    private final IdentityHashMap<Statement, String> inUse = new IdentityHashMap<>();

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context)
            throws SQLException {
        var kept = idle.remove(sql);
        var statement = kept != null && isOfUse(kept) ? kept : connection.prepareStatement(sql);
        inUse.put(statement, sql);
        return statement;
    }

    /// Nothing is left in it: what a failed transaction had added, but not run, would run with the
    /// next one.
    ///
    /// SQLite's driver gives a statement up that failed by anything but a conflict or a lock, and
    /// says so only when it is used.
    private static boolean isOfUse(PreparedStatement kept) {
        try {
            kept.clearParameters();
            kept.clearBatch();
            return true;
        } catch (SQLException givenUp) {
            return false;
        }
    }

    /// Jdbi names the text before it was parsed; what was prepared is known by the statement.
    @Override
    public void close(Connection connection, String unparsed, Statement statement)
            throws SQLException {
        var sql = inUse.remove(statement);
        if (sql != null && statement instanceof PreparedStatement prepared) {
            var other = idle.put(sql, prepared);
            if (other != null) {
                other.close();
            }
        } else {
            statement.close();
        }
    }

    @Override
    public void close(Connection connection) {
        for (var statement : idle.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                throw new CloseException("a statement did not close", e);
            }
        }
        idle.clear();
    }

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return connection.prepareCall(sql);
    }
}
