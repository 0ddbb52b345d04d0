package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// What differs from one database to another: how to connect, and how a transaction begins.
interface Database {

    /// The one connection that writes.
    Connection writer() throws SQLException;

    /// Connections that only read, each in a transaction that sees one snapshot.
    DataSource readers();

    /// The statement that begins a write transaction and waits for other writers.
    String begin();

    /// Brings the tables to the newest form.
    void migrate() throws SQLException;
}
