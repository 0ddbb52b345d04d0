package tandem.store.sql;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import tandem.model.Api;
import tandem.store.Signal;

/// What differs from one database to another.
interface Database {

    /// As [tandem.store.Store#shared] says.
    boolean shared();

    /// Brings the tables to the newest form.
    void migrate() throws SQLException;

    /// Refuses a database that a server is at work on, or that is not there.
    ///
    /// @throws tandem.store.StoreUnavailable with what to do
    void requireAlone() throws SQLException;

    /// Connections that only read, each in a transaction that sees one snapshot.
    HikariConfig readers(StoreLimits limits);

    /// How writes reach it.
    Writes writes(StoreLimits limits, Map<String, Api> builtIn) throws SQLException;

    /// Begins to listen to other nodes.
    ///
    /// @param writes that are to know of changes to what is registered
    Ear listen(Writes writes, Map<String, Api> builtIn, Consumer<Signal> heard);

    /// Listens to other nodes.
    interface Ear extends AutoCloseable {

        /// As [tandem.store.Store#hearing] says.
        int hearing();

        @Override
        void close();
    }
}
