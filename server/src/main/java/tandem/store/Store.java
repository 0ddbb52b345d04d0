package tandem.store;

import java.util.function.Function;
import tandem.model.Registered;

/// Everything Tandem remembers. The only way to it is a transaction.
public interface Store extends AutoCloseable {

    /// Runs `work` with no other writer alongside, commits when it returns, rolls back when it
    /// throws, and answers only when the commit is durable.
    ///
    /// A refusal that `work` returns commits like any other value: decide first, write after.
    /// `work` may run again after a serialization failure, so it has no effect outside `Tx`; and it
    /// is short, since every other writer waits. It runs on the store's own thread.
    ///
    /// @throws StoreUnavailable when the database cannot be reached, is full or is too busy
    <R> R write(Function<Tx, R> work);

    /// Runs `work` on one consistent snapshot.
    ///
    /// @throws StoreUnavailable as for [#write]
    <R> R read(Function<Tx, R> work);

    /// What is registered, as last committed on this node: no query, for the paths that decide
    /// nothing.
    Registered registered();

    @Override
    void close();
}
