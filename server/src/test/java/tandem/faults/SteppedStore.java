package tandem.faults;

import java.util.function.Consumer;
import java.util.function.Function;
import tandem.metric.Metrics;
import tandem.model.Registered;
import tandem.store.Signal;
import tandem.store.Store;
import tandem.store.Tx;

/// A store whose callers are stopped before each transaction.
record SteppedStore(Store real, Stepper stepper) implements Store {

    @Override
    public <R> R write(Function<Tx, R> work) {
        stepper.enters(true);
        return real.write(work);
    }

    @Override
    public <R> R read(Function<Tx, R> work) {
        stepper.enters(false);
        return real.read(work);
    }

    @Override
    public Registered registered() {
        return real.registered();
    }

    @Override
    public void listen(Consumer<Signal> listener) {
        real.listen(listener);
    }

    @Override
    public int hearing() {
        return real.hearing();
    }

    @Override
    public boolean shared() {
        return real.shared();
    }

    @Override
    public void measure(Metrics metrics) {
        real.measure(metrics);
    }

    @Override
    public void close() {
        real.close();
    }
}
