package tandem.app;

import java.util.function.Function;

/// What reading one value came to.
sealed interface Parsed<T> {

    record Good<T>(T value) implements Parsed<T> {}

    /// No value.
    ///
    /// @param why it is refused, and what to write instead
    record Bad<T>(String why) implements Parsed<T> {}

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(String why) {
        return new Bad<>(why);
    }

    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        return switch (this) {
            case Good<T>(var value) -> next.apply(value);
            case Bad<T>(var why) -> bad(why);
        };
    }
}
