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

    private final Set<ConnectionGuard> guards = ConcurrentHashMap.newKeySet();
    private final LongAdder overdue = new LongAdder();
    private final Thread ticker = Thread.ofVirtual().name("connection-watch").unstarted(this::tick);

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
                for (var guard : guards) {
                    if (guard.check(now)) {
                        overdue.increment();
                    }
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }
}
