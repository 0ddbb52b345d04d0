package tandem.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tandem.model.Api;
import tandem.model.Registered;

/// The connection that writes, and one batch of works on it: each in its savepoint, one commit.
///
/// Used by one thread at a time. After a fault it is closed and another one is opened.
final class WriteConnection implements AutoCloseable {

    private final Connection connection;
    private final Handle handle;
    private final Map<String, Api> builtIn;
    private final PreparedStatement begin;
    private final PreparedStatement savepoint;
    private final PreparedStatement keep;
    private final PreparedStatement undo;
    private final PreparedStatement commit;

    WriteConnection(Embedded database, Map<String, Api> builtIn) throws SQLException {
        this.connection = database.writer();
        this.handle = SqlStore.configured(Jdbi.create(connection)).open();
        this.builtIn = builtIn;
        this.begin = connection.prepareStatement(database.begin());
        this.savepoint = connection.prepareStatement("SAVEPOINT work");
        this.keep = connection.prepareStatement("RELEASE SAVEPOINT work");
        this.undo = connection.prepareStatement("ROLLBACK TO SAVEPOINT work");
        this.commit = connection.prepareStatement("COMMIT");
    }

    /// Everything that is registered, read anew.
    Registered registered() {
        return new RegisteredTables(handle, builtIn).load();
    }

    /// Runs the works and commits once.
    ///
    /// @param known the last picture of what is registered
    /// @return the picture as of the commit
    /// @throws SQLException when nothing was committed, of any work
    Registered commit(List<QueuedWrite<?>> works, Registered known) throws SQLException {
        begin.execute();
        var picture = known;
        boolean changed = false;
        for (var work : works) {
            var tx = new SqlTx(handle, builtIn, picture, Nodes.ONE);
            if (ran(work, tx)) {
                picture = tx.known();
                changed |= tx.changedRegistry();
            }
        }
        if (changed) {
            picture = new SqlTx(handle, builtIn, picture, Nodes.ONE).registered();
        }
        commit.execute();
        return picture;
    }

    /// A full disk or a lost connection ends the transaction of all. The savepoint is gone with it,
    /// so that keeping or undoing fails here, and nobody is told of a success.
    private boolean ran(QueuedWrite<?> work, SqlTx tx) throws SQLException {
        savepoint.execute();
        boolean done = work.run(tx);
        if (!done) {
            undo.execute();
        }
        keep.execute();
        return done;
    }

    /// Closes it; what was not committed is rolled back.
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
