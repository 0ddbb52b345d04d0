package tandem.store;

import java.util.function.Consumer;
import java.util.function.Function;
import tandem.metric.Metrics;
import tandem.model.Registered;

/// Everything Tandem remembers. The only way to it is a transaction.
public interface Store extends AutoCloseable {

    /// Runs `work`, commits when it returns, rolls back when it throws, and answers only when the
    /// commit is durable.
    ///
    /// Another writer may run alongside: a conditional change decides between them, and what is
    /// read must hold to the end only where [Tx#hold] was asked for. A refusal that `work` returns
    /// commits like any other value: decide first, write after. `work` may run again after a
    /// serialization failure, so it has no effect outside `Tx`; and it is short, since others wait
    /// for it. It may run on the store's own thread.
    ///
    /// @throws StoreUnavailable when the database cannot be reached, is full or is too busy
    <R> R write(Function<Tx, R> work);

    /// Runs `work` on one consistent snapshot; again, where the connection broke.
    ///
    /// @throws StoreUnavailable as for [#write]
    <R> R read(Function<Tx, R> work);

    /// What is registered, as this node last heard: no query, for the paths that decide nothing.
    Registered registered();

    /// Lets `listener` know what other nodes tell with [Tx#tell]. It is called one signal after
    /// another, and is short. With an embedded database there are no others.
    void listen(Consumer<Signal> listener);

    /// The number of the present stretch of uninterrupted listening; 0 when nothing can be heard.
    /// What was read in this stretch, by somebody who was listening already, is still true as long
    /// as no signal says otherwise. What was read in an earlier one is not.
    int hearing();

    /// Whether other nodes may use the same database.
    boolean shared();

    /// Tells how much goes on here.
    void measure(Metrics metrics);

    @Override
    void close();
}
