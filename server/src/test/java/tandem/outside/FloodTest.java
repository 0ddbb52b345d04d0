package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Scrape;

/// Thousands of connections that mean no good, against a server in a process of its own.
@Timeout(120)
class FloodTest {
    private static final int IDLE = 10_000;
    private static final int SLOW = 500;
    private static final int FILES_NEEDED = 15_000;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String ASK =
            "GET /.well-known/openid-configuration HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String BEGUN = "GET /activate HTTP/1.1\r\nHost: loc";
    private static final int BODY = 60_000;
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(30);

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @Test
    void ten_thousand_idle_and_five_hundred_slow_connections_keep_nobody_waiting(
            @TempDir Path folder) throws Exception {
        assumeTrue(openFiles() >= FILES_NEEDED, "too few open files are allowed here");
        tandem.asLaunched().startsIn(folder);
        var crowd = new ArrayList<SocketChannel>();
        try {
            for (int i = 0; i < IDLE; i++) {
                crowd.add(connects(ASK));
            }
            awaitConnections(IDLE);
            for (int i = 0; i < SLOW; i++) {
                crowd.add(connects(BEGUN));
            }
            for (int i = 0; i < 50; i++) {
                long begin = System.nanoTime();
                try (var honest = connects(ASK)) {
                    assertThat(honest.read(ByteBuffer.allocate(100))).isPositive();
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
            }
        } finally {
            close(crowd);
        }
    }

    /// Bodies that together need several times the memory there is.
    @Test
    void with_too_little_memory_it_answers_or_ends_but_does_not_linger_half_dead(
            @TempDir Path folder) throws Exception {
        tandem.with("-Xmx40m").startsIn(folder);
        var crowd = new ArrayList<SocketChannel>();
        var head =
                "POST /oauth/token HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + BODY
                        + "\r\n\r\n";
        var request = head + "a".repeat(BODY - 1);
        try {
            for (int i = 0; i < 1_500 && tandem.process().isAlive(); i++) {
                crowd.add(connects(request));
            }
        } catch (IOException gone) {
            // the server has ended
        } finally {
            TimeUnit.SECONDS.sleep(2);
            close(crowd);
        }
        if (ended()) {
            assertThat(tandem.process().exitValue()).as("a supervisor starts it anew").isEqualTo(3);
            tandem.starts();
        }
        assertThat(tandem.device("tv").codes().status()).isEqualTo(200);
        assertThat(tandem.management().get("/health/live").status()).isEqualTo(200);
    }

    /// A connection stands before the server has taken it up.
    private void awaitConnections(int least) throws InterruptedException {
        long end = System.nanoTime() + RECOVERY_MAX.toNanos();
        double connections = 0;
        while (connections < least && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            connections = Scrape.of(tandem.management()).of("tandem_http_connections");
        }
        assertThat(connections).isGreaterThanOrEqualTo(least);
    }

    /// False once it answers again; neither may take long.
    private boolean ended() throws InterruptedException {
        long end = System.nanoTime() + RECOVERY_MAX.toNanos();
        while (System.nanoTime() < end) {
            if (tandem.process().waitFor(1, TimeUnit.SECONDS)) {
                return true;
            }
            if (answers()) {
                return false;
            }
        }
        throw new AssertionError("half dead: it neither answers nor ends");
    }

    private boolean answers() {
        try {
            return tandem.http().get("/activate").status() == 200;
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    private SocketChannel connects(String sends) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), tandem.port());
        var channel = SocketChannel.open(address);
        var bytes = ByteBuffer.wrap(sends.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return channel;
    }

    private static void close(List<SocketChannel> channels) throws IOException {
        for (var channel : channels) {
            channel.close();
        }
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                ? os.getMaxFileDescriptorCount()
                : 0;
    }
}
