package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import tandem.model.Api;
import tandem.store.Signal;

/// A database of this process alone: one connection writes for all.
interface Embedded extends Database {

    /// The one connection that writes.
    Connection writer() throws SQLException;

    /// The statement that begins a write transaction and waits for other writers.
    String begin();

    @Override
    default boolean shared() {
        return false;
    }

    @Override
    default Writes writes(StoreLimits limits, Map<String, Api> builtIn) throws SQLException {
        return new GroupCommit(limits, () -> new WriteConnection(this, builtIn)).start();
    }

    /// There is nobody else, and so nothing to miss.
    @Override
    default Ear listen(Writes writes, Map<String, Api> builtIn, Consumer<Signal> heard) {
        return new Ear() {
            @Override
            public int hearing() {
                return 1;
            }

            @Override
            public void close() {}
        };
    }
}
