package tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The log never makes anybody wait.
@Timeout(30)
class LogQueueTest {
    private static final int MORE = 100;

    private final LoggerContext context = new LoggerContext();
    private final CountDownLatch reads = new CountDownLatch(1);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private LogQueue queue(OutputStream target) {
        var queue = new LogQueue(Logging.encoder(context, LogFormat.JSON), target);
        queue.setContext(context);
        queue.start();
        return queue;
    }

    private void log(LogQueue queue, String message) {
        var event =
                new LoggingEvent(
                        "", context.getLogger("tandem"), Level.INFO, message, null, new Object[0]);
        event.setInstant(Instant.EPOCH);
        queue.doAppend(event);
    }

    @Test
    void lines_come_in_order() {
        var queue = queue(written);
        for (int i = 0; i < MORE; i++) {
            log(queue, "line " + i);
        }
        queue.flush();
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .hasSize(MORE)
                .element(MORE - 1)
                .asString()
                .contains("line 99");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void a_target_that_nobody_reads_costs_lines_and_no_time() {
        var queue =
                queue(
                        new OutputStream() {
                            @Override
                            public void write(int one) throws IOException {
                                throw new IOException("not by one");
                            }

                            @Override
                            public void write(byte[] line) {
                                awaitReader();
                                written.writeBytes(line);
                            }
                        });
        for (int i = 0; i < LogQueue.LINES_MAX + MORE; i++) {
            log(queue, "line " + i);
        }
        assertThat(queue.waiting()).isEqualTo(LogQueue.LINES_MAX);
        assertThat(queue.dropped()).isBetween(MORE - 1L, (long) MORE);
        reads.countDown();
        queue.flush();
        log(queue, "afterwards");
        queue.flush();
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("afterwards");
    }

    private void awaitReader() {
        try {
            reads.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_target_that_is_closed_costs_lines_and_nothing_else() {
        var queue =
                queue(
                        new OutputStream() {
                            @Override
                            public void write(int one) throws IOException {
                                throw new IOException("Broken pipe");
                            }
                        });
        log(queue, "one");
        log(queue, "two");
        queue.flush();
        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(queue.waiting()).isZero();
    }
}
