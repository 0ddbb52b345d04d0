package tandem.oauth;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// What a request comes to: a value, or a refusal. Faults are exceptions, never this.
public sealed interface Outcome<T> {

    record Ok<T>(T value) implements Outcome<T> {}

    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    static <T> Outcome<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Outcome<T> refused(ErrorCode code, String description) {
        return new Refused<>(new Refusal(code, description));
    }

    static <T> Outcome<T> refused(ErrorCode code, String description, Duration retryAfter) {
        return new Refused<>(new Refusal(code, description, Optional.of(retryAfter)));
    }

    /// Goes on with the value, or stays refused.
    default <U> Outcome<U> then(Function<? super T, Outcome<U>> next) {
        return switch (this) {
            case Ok<T>(var value) -> next.apply(value);
            case Refused<T>(var refusal) -> new Refused<>(refusal);
        };
    }

    default <U> Outcome<U> map(Function<? super T, U> next) {
        return then(value -> ok(next.apply(value)));
    }
}
