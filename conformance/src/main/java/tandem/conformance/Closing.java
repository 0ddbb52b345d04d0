package tandem.conformance;

import java.util.Optional;

/// Closes what was given to it, if anything was.
final class Closing<T extends AutoCloseable> implements AutoCloseable {
    private Optional<T> kept = Optional.empty();

    T keep(T one) {
        kept = Optional.of(one);
        return one;
    }

    @Override
    public void close() {
        kept.ifPresent(one -> {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("could not close", e);
            }
        });
    }
}
