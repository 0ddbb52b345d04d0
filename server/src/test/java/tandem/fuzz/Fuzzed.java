package tandem.fuzz;

/// Something that takes any bytes, and throws only when it broke its word.
@FunctionalInterface
interface Fuzzed extends AutoCloseable {

    void take(byte[] input) throws Exception;

    @Override
    default void close() {}
}
