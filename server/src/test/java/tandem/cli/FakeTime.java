package tandem.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A clock that only sleeping moves on; it remembers every sleep.
final class FakeTime implements InstantSource, Sleeper {

    private final List<Duration> sleeps = new ArrayList<>();
    private final Map<Integer, Runnable> during = new HashMap<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        sleeps.add(duration);
        now = now.plus(duration);
        during.getOrDefault(sleeps.size(), () -> {}).run();
    }

    /// Lets something happen while the n-th sleep lasts.
    FakeTime duringSleep(int number, Runnable event) {
        during.put(number, event);
        return this;
    }

    List<Long> sleptSeconds() {
        return sleeps.stream().map(Duration::toSeconds).toList();
    }
}
