package tandem.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/// Writes the log from a thread of its own, so that no request waits for the log's target.
///
/// A target that takes nothing (a pipe that nobody reads, a full disk) costs lines, which are
/// counted, and nothing else.
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {

    static final int LINES_MAX = 2_048;
    private static final Duration FLUSH_MAX = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final BlockingQueue<byte[]> lines = new ArrayBlockingQueue<>(LINES_MAX);
    private final LongAdder dropped = new LongAdder();
    private final Encoder<ILoggingEvent> encoder;
    private final OutputStream target;
    private volatile boolean writing;

    LogQueue(Encoder<ILoggingEvent> encoder, OutputStream target) {
        this.encoder = encoder;
        this.target = target;
    }

    @Override
    public void start() {
        super.start();
        Thread.ofPlatform().name("log").daemon().start(this::write);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!lines.offer(encoder.encode(event))) {
            dropped.increment();
        }
    }

    private void write() {
        try {
            while (true) {
                var line = lines.take();
                writing = true;
                write(line);
                writing = false;
            }
        } catch (InterruptedException nobodyShould) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(byte[] line) {
        try {
            target.write(line);
        } catch (IOException lost) {
            dropped.increment();
        }
    }

    int waiting() {
        return lines.size();
    }

    /// How many lines were lost.
    long dropped() {
        return dropped.sum();
    }

    /// Returns when everything is written, or the target takes too long.
    void flush() {
        long end = System.nanoTime() + FLUSH_MAX.toNanos();
        try {
            do {
                Thread.sleep(BETWEEN_LOOKS);
            } while ((writing || !lines.isEmpty()) && System.nanoTime() < end);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
