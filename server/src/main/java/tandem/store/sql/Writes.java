package tandem.store.sql;

import java.util.function.Function;
import tandem.model.Registered;
import tandem.store.Tx;

/// How writes reach one kind of database.
interface Writes extends AutoCloseable {

    <R> R write(Function<Tx, R> work);

    /// What is registered, as of the last commit that this node knows of.
    Registered registered();

    /// How many writes were committed.
    long written();

    /// How many commits there were.
    long commits();

    /// How many writes wait for their turn.
    int waiting();

    /// How many connections are being written to.
    int writing();

    /// The most there are at once.
    int writers();

    /// Refuses new writes, lets those under way end, and closes.
    @Override
    void close();
}
