package tandem.store.sql;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;

/// The prepared statements of a pool's connections, kept from one use of a connection to the next.
/// SQLite compiles a text as long as it takes to run it; PostgreSQL's driver keeps them by itself.
///
/// They belong to the connection itself: the one that the pool hands out would close them when it
/// is given back.
final class KeptStatements implements StatementBuilderFactory {

    private final IdentityHashMap<Connection, StatementCache> caches = new IdentityHashMap<>();

    @Override
    public StatementBuilder createStatementBuilder(Connection pooled) {
        try {
            var connection = pooled.unwrap(Connection.class);
            return new Use(connection, cache(connection));
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /// How many connections it keeps statements of.
    synchronized int connections() {
        return caches.size();
    }

    /// The pool closes connections without a word; they are forgotten when it opens another.
    private synchronized StatementCache cache(Connection connection) throws SQLException {
        var known = caches.get(connection);
        if (known != null) {
            return known;
        }
        for (var each : caches.keySet().toArray(Connection[]::new)) {
            if (each.isClosed()) {
                caches.remove(each);
            }
        }
        var cache = new StatementCache();
        caches.put(connection, cache);
        return cache;
    }

    /// One use of a connection.
    private record Use(Connection connection, StatementCache cache) implements StatementBuilder {

        @Override
        public PreparedStatement create(Connection pooled, String sql, StatementContext context)
                throws SQLException {
            return cache.create(connection, sql, context);
        }

        @Override
        public void close(Connection pooled, String sql, Statement statement) throws SQLException {
            cache.close(connection, sql, statement);
        }

        @Override
        public void close(Connection pooled) {}

        @Override
        public Statement create(Connection pooled, StatementContext context) throws SQLException {
            return cache.create(connection, context);
        }

        @Override
        public CallableStatement createCall(Connection pooled, String sql, StatementContext context)
                throws SQLException {
            return cache.createCall(connection, sql, context);
        }
    }
}
