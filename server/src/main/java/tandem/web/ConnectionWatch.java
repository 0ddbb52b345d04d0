package tandem.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Looks after the deadlines of all connections of one server: one thread instead of a timer for
/// each read.
final class ConnectionWatch implements AutoCloseable {

    /// How much later than its deadline a connection may end.
    private static final Duration TICK = Duration.ofMillis(250);

    /// Where more than this share of all places is taken, who only holds one loses it soon: a new
    /// client waits for a place without being told why.
    private static final double SCARCE = 0.9;

    private static final Duration PATIENCE_WHERE_SCARCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final int most;
    private final Set<ConnectionGuard> guards = ConcurrentHashMap.newKeySet();
    private final LongAdder overdue = new LongAdder();
    private final Thread ticker = Thread.ofVirtual().name("connection-watch").unstarted(this::tick);

    /// @param most how many connections there may be
    ConnectionWatch(int most) {
        this.most = most;
    }

    ConnectionWatch start() {
        ticker.start();
        return this;
    }

    void add(ConnectionGuard guard) {
        guards.add(guard);
    }

    void remove(ConnectionGuard guard) {
        guards.remove(guard);
    }

    /// How many connections took too long.
    long overdue() {
        return overdue.sum();
    }

    int most() {
        return most;
    }

    int size() {
        return guards.size();
    }

    @Override
    public void close() {
        ticker.interrupt();
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK);
                long now = System.nanoTime();
                var patience = size() > most * SCARCE ? PATIENCE_WHERE_SCARCE : PATIENCE;
                for (var guard : guards) {
                    if (guard.check(now, patience)) {
                        overdue.increment();
                    }
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }
}
