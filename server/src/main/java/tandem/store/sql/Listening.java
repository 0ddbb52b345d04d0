package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.model.Api;
import tandem.model.Registered;
import tandem.store.Signal;

/// Hears what other nodes tell, on a connection of its own. [PostgreSQL,
/// LISTEN](https://www.postgresql.org/docs/current/sql-listen.html)
///
/// Nothing told by a committed transaction is missed while the connection lives; whether it lives
/// is asked twice a second, so that a cut that nobody announced is noticed within [Postgresql]'s
/// time for an answer and a half second. From then on, and until it has been made anew, this node
/// hears nothing and says so.
final class Listening implements Database.Ear {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
    private static final Duration ALIVE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /// Opens the connection.
    @FunctionalInterface
    interface Connect {
        Connection open() throws SQLException;
    }

    private final Connect connect;
    private final Map<String, Api> builtIn;
    private final Consumer<Registered> registered;
    private final Consumer<Signal> heard;
    private final Thread thread;
    private int stretches;
    private volatile int hearing;
    private volatile boolean closed;

    Listening(
            Connect connect,
            Map<String, Api> builtIn,
            Consumer<Registered> registered,
            Consumer<Signal> heard) {
        this.connect = connect;
        this.builtIn = builtIn;
        this.registered = registered;
        this.heard = heard;
        this.thread = Thread.ofPlatform().name("store-listener").daemon().unstarted(this::run);
    }

    Listening start() {
        thread.start();
        return this;
    }

    @Override
    public int hearing() {
        return hearing;
    }

    private void run() {
        while (!closed) {
            try (var connection = connect.open()) {
                listen(connection);
            } catch (SQLException | JdbiException lost) {
                if (hearing != 0) {
                    LOG.warn("nothing is heard of other nodes: {}", lost.getMessage());
                }
            }
            if (hearing != 0) {
                hearing = 0;
                heard.accept(new Signal.Silence());
            }
            pause();
        }
    }

    /// Listens first and looks afterwards: what changes in between is told.
    private void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("LISTEN " + SignalText.CHANNEL);
        }
        look(connection);
        hearing = ++stretches;
        var postgresql = connection.unwrap(PGConnection.class);
        while (!closed) {
            var notifications = postgresql.getNotifications((int) ALIVE.toMillis());
            if (notifications == null || notifications.length == 0) {
                alive(connection);
                continue;
            }
            for (var notification : notifications) {
                hear(notification.getParameter(), connection);
            }
        }
    }

    private static void alive(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private void hear(String text, Connection connection) {
        if (text.equals(SignalText.REGISTERED)) {
            look(connection);
        } else {
            SignalText.parse(text).ifPresent(heard);
        }
    }

    private void look(Connection connection) {
        try (var handle = SqlStore.configured(Jdbi.create(connection)).open()) {
            registered.accept(new RegisteredTables(handle, builtIn).load());
        }
    }

    private void pause() {
        try {
            if (!closed) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The thread ends by itself, within the time of an answer at most.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
