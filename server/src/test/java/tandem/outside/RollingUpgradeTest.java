package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Answer;
import tandem.scenario.Http;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestClock;
import tandem.scenario.TestDevice;
import tandem.store.TestPostgresql;

/// Two nodes on one PostgreSQL are brought to the next release one after the other, while people
/// link devices and devices refresh: no request fails, and nobody has to begin anew.
@Timeout(400)
class RollingUpgradeTest {
    private static final int STOP_SECONDS_MAX = 30;
    private static final int LIVES_SECONDS_MAX = 120;
    private static final int TERMINATED = 143;
    private static final int HOUSEHOLDS = 4;

    @RegisterExtension final TandemProcess one = new TandemProcess();
    @RegisterExtension final TandemProcess two = new TandemProcess();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean goOn = new AtomicBoolean(true);
    private final AtomicInteger lives = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        goOn.set(false);
        threads.shutdownNow();
    }

    @Test
    void an_upgrade_node_by_node_costs_no_request_and_no_device() throws Exception {
        var next = NextRelease.in(folder);
        try (var balancer = new Balancer(one, two)) {
            startBothAtOnce(balancer.url());
            var households = new ArrayList<Future<?>>();
            for (int i = 0; i < HOUSEHOLDS; i++) {
                households.add(threads.submit(() -> lives(new Http(balancer.url()))));
            }
            awaitLives();

            stops(one);
            one.becomes(next);
            one.starts();
            awaitLives();

            stops(two);
            assertThatThrownBy(two::starts).hasMessageContaining("made by a newer release");
            two.becomes(next);
            two.starts();
            awaitLives();

            goOn.set(false);
            for (var household : households) {
                household.get(60, TimeUnit.SECONDS);
            }
            assertThat(failures).isEmpty();
            assertThat(balancer.lost()).isZero();
        }
    }

    /// The first to come makes the tables; the other waits for them.
    private void startBothAtOnce(String address) throws Exception {
        var database = TestPostgresql.newDatabase();
        var key = folder.resolve("secret.key");
        var starts = new ArrayList<Future<?>>();
        for (var node : List.of(one, two)) {
            starts.add(threads.submit(() -> starts(node.behind(address), database, key)));
        }
        for (var start : starts) {
            start.get();
        }
    }

    private void starts(TandemProcess node, String database, Path key) {
        try {
            var own = Files.createDirectories(folder.resolve(Integer.toString(node.port())));
            var config =
                    """
                    issuer: %s
                    listen: 127.0.0.1:%d
                    database: %s
                    secret_key_file: %s
                    limits: off
                    """
                            .formatted(node.issuer(), node.port(), database, key);
            node.startsIn(own, config, TandemProcess.resources(Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stops(TandemProcess node) throws InterruptedException {
        node.process().destroy();
        int readiness = 200;
        while (node.process().isAlive() && readiness == 200) {
            readiness = node.management().get("/health/ready").status();
        }
        assertThat(readiness).as("says that it stops, before it does").isEqualTo(503);
        assertThat(node.http().get("/.well-known/jwks.json").status()).isEqualTo(200);
        assertThat(node.process().waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(node.process().exitValue()).isEqualTo(TERMINATED);
    }

    private void awaitLives() throws InterruptedException {
        int enough = lives.get() + 5 * HOUSEHOLDS;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIVES_SECONDS_MAX);
        while (lives.get() < enough && failures.isEmpty()) {
            assertThat(System.nanoTime()).as("%d lives", lives.get()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(failures).isEmpty();
    }

    /// One browser that stays signed in, one device that was linked at the beginning, and ever new
    /// ones that are unlinked again: a person may have two hundred.
    private void lives(Http http) {
        try {
            var browser = new TestBrowser(http);
            var first = linked(http, browser);
            while (goOn.get()) {
                var device = linked(http, browser);
                good("refresh", device.refreshes());
                good("refresh again", device.refreshes());
                var tokens = good("the first device's refresh", first.refreshes());
                good("userinfo", http.bearer(tokens.text("access_token")).get("/userinfo"));
                good("account", browser.opens("/account").page());
                good("unlink", device.revokes(device.refreshToken()));
                lives.incrementAndGet();
            }
        } catch (RuntimeException fault) {
            failures.add(fault.toString());
        }
    }

    private TestDevice linked(Http http, TestBrowser browser) {
        var scope = "openid profile email offline_access read:library";
        var codes =
                http.post(
                        "/oauth/device/code",
                        "client_id",
                        "tv",
                        "scope",
                        scope,
                        "audience",
                        TandemProcess.API);
        var device = new TestDevice(http, new TestClock(), "tv", good("codes", codes));
        browser.approves(device, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        good("decision", browser.page());
        good("tokens", redeems(device));
        return device;
    }

    /// Of a decision at one node the other hears a moment later.
    private static Answer redeems(TestDevice device) {
        var answer = device.polls();
        while (answer.error().equals("authorization_pending")) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            answer = device.polls();
        }
        return answer;
    }

    private Answer good(String what, Answer answer) {
        if (answer.status() != 200) {
            failures.add(what + ": " + answer.status() + " " + answer.body());
        }
        return answer;
    }
}
