package tandem.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long to wait before the next poll, [RFC 8628
/// §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5).
///
/// @param interval what the server asked for; it only grows
/// @param misses polls in a row that brought no answer
/// @param atLeast what the server asked for the next wait alone
record Pace(Duration interval, int misses, Duration atLeast) {

    private static final Duration SLOWER = Duration.ofSeconds(5);

    /// A person waits for the terminal to notice that the server is back.
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 10;

    static Pace starting(Duration interval) {
        return new Pace(interval, 0, Duration.ZERO);
    }

    Pace pending() {
        return starting(interval);
    }

    /// Five seconds more "for this and all subsequent requests", or what the server names if more.
    Pace slowed(Answer.SlowDown answer) {
        Duration grown = longer(interval.plus(SLOWER), answer.interval().orElse(Duration.ZERO));
        return new Pace(grown, 0, answer.retryAfter().orElse(Duration.ZERO));
    }

    Pace missed(Optional<Duration> retryAfter) {
        return new Pace(interval, misses + 1, retryAfter.orElse(Duration.ZERO));
    }

    /// The shortest wait that keeps to what the server asked.
    Duration least() {
        return longer(interval, atLeast);
    }

    /// After a miss the polls become rarer, doubling: "clients MUST unilaterally reduce their
    /// polling frequency before retrying".
    Duration wait(RandomGenerator random) {
        if (misses == 0) {
            return least();
        }
        Duration bound = longer(LONGEST_BACKOFF, interval.multipliedBy(2));
        Duration doubled = interval.multipliedBy(1L << Math.min(misses, MOST_DOUBLINGS));
        Duration wait = doubled.compareTo(bound) < 0 ? doubled : bound;
        return longer(least(), Jitter.around(wait, random));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
