package tandem.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is moved.
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));

    @Override
    public Instant instant() {
        return now.get();
    }

    public void forward(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }
}
