package tandem.store.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tandem.store.sql.Between.Call;

/// Connections of a driver with something in [Between].
///
/// @param writes whether these connections may write
record Watched(Between between, boolean writes) {

    DataSource source(DataSource real) {
        return proxy(
                DataSource.class,
                (method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        between.connects();
                        return connection((Connection) invoke(real, method, arguments));
                    }
                    return invoke(real, method, arguments);
                });
    }

    Connection connection(Connection real) {
        return proxy(
                Connection.class,
                (method, arguments) ->
                        switch (method.getName()) {
                            case "prepareStatement" ->
                                    statement(
                                            PreparedStatement.class,
                                            (Statement) invoke(real, method, arguments),
                                            (String) arguments[0],
                                            real);
                            case "createStatement" ->
                                    statement(
                                            Statement.class,
                                            (Statement) invoke(real, method, arguments),
                                            "",
                                            real);
                            case "commit" -> call(Call.COMMIT, real, real, method, arguments);
                            case "rollback" -> call(Call.ROLLBACK, real, real, method, arguments);
                            case "setAutoCommit" -> automatic(real, method, arguments);
                            default -> invoke(real, method, arguments);
                        });
    }

    /// Reaches the database only where it changes something. PostgreSQL's driver says it with the
    /// next statement.
    private Object automatic(Connection real, Method method, Object[] arguments)
            throws SQLException {
        boolean on = (Boolean) arguments[0];
        return on == real.getAutoCommit() || Fault.postgresql(real)
                ? invoke(real, method, arguments)
                : call(on ? Call.AUTOMATIC : Call.BEGIN, real, real, method, arguments);
    }

    private <S extends Statement> S statement(
            Class<S> type, Statement real, String sql, Connection connection) {
        return proxy(
                type,
                (method, arguments) ->
                        method.getName().startsWith("execute")
                                ? call(
                                        arguments.length > 0 ? (String) arguments[0] : sql,
                                        connection,
                                        real,
                                        method,
                                        arguments)
                                : invoke(real, method, arguments));
    }

    private Object call(
            String sql, Connection connection, Object target, Method method, Object[] arguments)
            throws SQLException {
        var call = new Call(sql, writes, Thread.currentThread());
        return between.call(call, connection, () -> invoke(target, method, arguments));
    }

    /// One method of a driver's object.
    @FunctionalInterface
    private interface Calls {
        Object of(Method method, Object[] arguments) throws SQLException;
    }

    @SuppressWarnings("ReferenceEquality") // which one it is, is what is asked
    private static <T> T proxy(Class<T> type, Calls calls) {
        InvocationHandler handler =
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default ->
                                    calls.of(method, arguments == null ? new Object[0] : arguments);
                        };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @SuppressWarnings("NullAway") // a driver may answer null
    private static Object invoke(Object target, Method method, @Nullable Object[] arguments)
            throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SQLException fault) {
                throw fault;
            }
            throw new IllegalStateException(thrown.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
