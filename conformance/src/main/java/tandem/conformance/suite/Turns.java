package tandem.conformance.suite;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/// So many cases act at once. A case that waits gives its turn away, so that waiting costs nobody.
///
/// Who wakes up goes on at once, even when all turns are taken: what has to happen at a certain
/// time cannot queue. Others begin only when that is made up for.
final class Turns {
    private final Permits free;

    Turns(int atOnce) {
        free = new Permits(atOnce);
    }

    void in(Runnable work) {
        free.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            free.release();
        }
    }

    /// Only for who has the turn.
    void pause(Duration duration) {
        away(() -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
    }

    /// Waits for something without the turn, and goes on with it.
    void away(Runnable waiting) {
        free.release();
        try {
            waiting.run();
        } finally {
            free.takeOnCredit();
        }
    }

    private static final class Permits extends Semaphore {
        Permits(int permits) {
            super(permits, true);
        }

        void takeOnCredit() {
            reducePermits(1);
        }
    }
}
