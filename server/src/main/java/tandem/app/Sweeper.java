package tandem.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.device.DeviceRoom;
import tandem.keys.KeyRing;
import tandem.model.Trip;
import tandem.store.Hold;
import tandem.store.Store;

/// Forgets what has run out, in slices so small that nobody waits for one.
final class Sweeper implements AutoCloseable {
    /// Larger slices stall other writers for a quarter of a second.
    private static final int SLICE = 150;

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration KEYS_PERIOD = Duration.ofMinutes(5);

    /// Ended links stay this long, so that an operator can see what became of them.
    private static final Duration LINKS_KEPT = Duration.ofDays(30);

    /// Longer than any window in which failures are counted.
    private static final Duration FAILURES_KEPT = Duration.ofHours(2);

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final Store store;
    private final DeviceRoom devices;
    private final KeyRing keys;
    private final Duration eventsKept;
    private final InstantSource clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("sweeper").daemon().factory());

    Sweeper(
            Store store,
            DeviceRoom devices,
            KeyRing keys,
            Duration eventsKept,
            InstantSource clock) {
        this.store = store;
        this.devices = devices;
        this.keys = keys;
        this.eventsKept = eventsKept;
        this.clock = clock;
    }

    Sweeper start() {
        every(PERIOD, this::sweep);
        every(KEYS_PERIOD, keys::refresh);
        if (store.shared()) {
            every(PERIOD, devices::count);
        }
        return this;
    }

    /// Something else to do in every round; it survives its faults, too.
    Sweeper also(Runnable work) {
        every(PERIOD, work);
        return this;
    }

    /// One round: slices of each kind in turn, until nothing is left of it. In between it rests for
    /// as long as they took: after a long pause there may be millions, and others need the disk,
    /// too.
    void sweep() {
        boolean devicesMore = true;
        boolean eventsMore = true;
        boolean othersMore = true;
        while ((devicesMore || eventsMore || othersMore) && !timer.isShutdown()) {
            long begin = System.nanoTime();
            devicesMore = devicesMore && devices.sweep(SLICE);
            eventsMore = eventsMore && events();
            othersMore = othersMore && others();
            LockSupport.parkNanos(System.nanoTime() - begin);
        }
    }

    /// In a transaction of its own: the database may lock the whole table for a moment.
    private boolean events() {
        var now = clock.instant();
        return store.write(tx -> {
            tx.hold(Hold.SWEEP);
            return tx.events().sweep(now, now.minus(eventsKept), SLICE) >= SLICE;
        });
    }

    private boolean others() {
        var now = clock.instant();
        return store.write(tx -> {
            tx.hold(Hold.SWEEP);
            int most = tx.sessions().sweep(now, SLICE);
            most = Math.max(most, tx.links().sweep(now.minus(LINKS_KEPT), SLICE));
            most = Math.max(most, tx.trips().sweep(now.minus(Trip.LIFETIME_MAX), SLICE));
            most = Math.max(most, tx.failures().sweep(now.minus(FAILURES_KEPT), SLICE));
            return most >= SLICE;
        });
    }

    private void every(Duration period, Runnable work) {
        long millis = period.toMillis();
        var _ =
                timer.scheduleWithFixedDelay(
                        () -> survived(work), millis, millis, TimeUnit.MILLISECONDS);
    }

    /// A round that fails is tried again with the next; an exception would end the timer for good.
    private static void survived(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("a sweep failed and will be tried again: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
