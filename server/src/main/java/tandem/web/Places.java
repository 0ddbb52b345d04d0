package tandem.web;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// How many requests are answered at once.
final class Places {

    private final int most;
    private final Semaphore free;
    private final LongAdder refused = new LongAdder();

    Places(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /// False when there is no place.
    boolean take() {
        boolean taken = free.tryAcquire();
        if (!taken) {
            refused.increment();
        }
        return taken;
    }

    void giveBack() {
        free.release();
    }

    int most() {
        return most;
    }

    int taken() {
        return most - free.availablePermits();
    }

    long refused() {
        return refused.sum();
    }

    /// The place of one request, which it may leave for a while.
    final class Place {

        private long asideNanos;

        <T> T aside(Supplier<T> waiting) {
            long begin = System.nanoTime();
            giveBack();
            try {
                return waiting.get();
            } finally {
                free.acquireUninterruptibly();
                asideNanos += System.nanoTime() - begin;
            }
        }

        /// How long the request was not being answered.
        long asideNanos() {
            return asideNanos;
        }
    }
}
