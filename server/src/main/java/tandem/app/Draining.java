package tandem.app;

import java.time.Duration;
import tandem.metric.Metric;
import tandem.metric.Metrics;

/// What is left to do between the signal to stop and the stop: a balancer has to notice first.
final class Draining {

    /// How long new connections are still answered after readiness went off: two looks of a
    /// balancer that looks every two seconds, and a little.
    static final Duration NOTICE = Duration.ofSeconds(5);

    /// Who asked for readiness within this time is a balancer that will ask again.
    private static final Duration ASKED_LATELY = Duration.ofSeconds(60);

    private volatile boolean begun;
    private volatile boolean asked;
    private volatile long lastAsked;

    boolean begun() {
        return begun;
    }

    /// Somebody wants to know whether this server is ready.
    void asked() {
        lastAsked = System.nanoTime();
        asked = true;
    }

    /// Says that the server is about to stop, and gives whoever asks time to hear it. Where nobody
    /// asks, at a developer's desk, nobody waits.
    void begin() {
        begun = true;
        if (!asked || System.nanoTime() - lastAsked > ASKED_LATELY.toNanos()) {
            return;
        }
        try {
            Thread.sleep(NOTICE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    void measure(Metrics metrics) {
        metrics.gauge(Metric.DRAINING, () -> begun ? 1 : 0);
    }
}
