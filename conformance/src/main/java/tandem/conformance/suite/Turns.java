package tandem.conformance.suite;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/// So many cases act at once. A case that waits gives its turn away, so that waiting costs nobody.
final class Turns {
    private final Semaphore free;

    Turns(int atOnce) {
        free = new Semaphore(atOnce, true);
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
            free.acquireUninterruptibly();
        }
    }
}
