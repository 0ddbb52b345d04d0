package tandem.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Repeats a request that may be repeated while its failure looks passing.
///
/// No attempt starts later than [#BUDGET] after the first. A refresh token whose answer was lost
/// may be repeated for a minute (Tandem's leeway; other servers' are of that order); later it would
/// look stolen, and the login would end.
record Retries(InstantSource clock, Sleeper sleeper, RandomGenerator random) {

    static final Duration BUDGET = Duration.ofSeconds(45);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 4;

    Reply until(Supplier<Reply> attempt) throws InterruptedException {
        Instant last = clock.instant().plus(BUDGET);
        for (int misses = 0; ; misses++) {
            Reply reply = attempt.get();
            Duration wait = wait(reply, misses);
            if (!reply.passing() || clock.instant().plus(wait).isAfter(last)) {
                return reply;
            }
            sleeper.sleep(wait);
        }
    }

    private Duration wait(Reply reply, int misses) {
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(misses, MOST_DOUBLINGS));
        Duration jittered = Jitter.around(doubled, random);
        return reply.waitAsked().filter(asked -> asked.compareTo(jittered) > 0).orElse(jittered);
    }
}
