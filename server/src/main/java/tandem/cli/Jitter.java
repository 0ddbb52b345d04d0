package tandem.cli;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Spreads waits, so that a fleet of devices does not return to a restarted server all at once.
final class Jitter {

    private static final double SPREAD = 0.25;

    private Jitter() {}

    /// Between three and five quarters of the wait.
    static Duration around(Duration wait, RandomGenerator random) {
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Duration.ofMillis(Math.round(wait.toMillis() * factor));
    }
}
