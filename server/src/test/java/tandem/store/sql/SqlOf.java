package tandem.store.sql;

import tandem.store.Tx;

/// A look past the port.
final class SqlOf {

    private SqlOf() {}

    /// What a query answers on a connection that writes.
    static String text(SqlStore store, String query) {
        return store.write(tx -> text(tx, query));
    }

    private static String text(Tx tx, String query) {
        return ((SqlTx) tx).handle().createQuery(query).mapTo(String.class).one();
    }
}
