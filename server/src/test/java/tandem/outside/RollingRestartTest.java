package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Answer;
import tandem.scenario.Http;

/// A server that is told to stop (SIGTERM) while devices ask: nobody's request is lost.
class RollingRestartTest {
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final int TERMINATED = 143;
    private static final int DEVICES = 16;

    @RegisterExtension final TandemProcess tandem = new TandemProcess();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AtomicInteger answered = new AtomicInteger();

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        tandem.startsWith(folder, "limits: off\n");
    }

    @AfterEach
    void stop() {
        goOn.set(false);
        threads.shutdownNow();
    }

    @Test
    void a_restart_behind_a_balancer_costs_no_request() throws Exception {
        try (var balancer = new Balancer(tandem)) {
            var devices = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < DEVICES; i++) {
                devices.add(threads.submit(() -> asksAndPolls(new Http(balancer.url()))));
            }
            awaitAnswers(200);
            assertStops();
            int before = answered.get();
            tandem.starts();
            awaitAnswers(before + 200);
            goOn.set(false);
            for (var device : devices) {
                assertThat(device.get(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(balancer.lost()).isZero();
        }
    }

    @Test
    void before_it_stops_it_says_so_and_answers_everybody() throws Exception {
        assertThat(ready().status()).isEqualTo(200);
        var tv = tandem.device("tv");
        var parked =
                threads.submit(() ->
                        tandem.http()
                                .with("Prefer", "wait=25")
                                .post(
                                        "/oauth/token",
                                        "client_id",
                                        "tv",
                                        "device_code",
                                        tv.deviceCode(),
                                        "grant_type",
                                        "urn:ietf:params:oauth:grant-type:device_code"));
        TimeUnit.MILLISECONDS.sleep(500);
        tandem.process().destroy();
        TimeUnit.SECONDS.sleep(1);

        assertThat(ready().status()).isEqualTo(503);
        assertThat(ready().header("Retry-After")).contains("1");
        assertThat(tandem.management().get("/health/live").status()).isEqualTo(200);
        var answer = tandem.device("tv").codes();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Connection")).contains("close");
        assertThat(parked.get(5, TimeUnit.SECONDS).error()).isEqualTo("authorization_pending");
        assertEnded();
        assertThat(tandem.output()).contains("Tandem stopped");
    }

    @Test
    void where_nobody_asks_for_readiness_it_stops_at_once() throws Exception {
        long begin = System.nanoTime();
        tandem.process().destroy();
        assertEnded();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    private Answer ready() {
        return tandem.management().get("/health/ready");
    }

    private void assertStops() throws InterruptedException {
        tandem.process().destroy();
        assertEnded();
    }

    private void assertEnded() throws InterruptedException {
        assertThat(tandem.process().waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(tandem.process().exitValue()).isEqualTo(TERMINATED);
    }

    private void awaitAnswers(int count) throws InterruptedException {
        long end = System.nanoTime() + STOP_MAX.toNanos();
        while (answered.get() < count) {
            assertThat(System.nanoTime()).as("%d answers", answered.get()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /// False where anything but a code or "pending" is answered.
    private boolean asksAndPolls(Http http) throws InterruptedException {
        boolean well = true;
        while (goOn.get()) {
            var codes = http.post("/oauth/device/code", "client_id", "radio");
            well &= codes.status() == 200;
            for (int i = 0; i < 3; i++) {
                var poll =
                        http.post(
                                "/oauth/token",
                                "client_id",
                                "radio",
                                "device_code",
                                codes.text("device_code"),
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code");
                well &= List.of("authorization_pending", "slow_down").contains(poll.error());
                answered.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        return well;
    }
}
