package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Answer;
import tandem.scenario.Http;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestClock;
import tandem.scenario.TestDevice;

/// Two nodes, a balancer, a primary and its synchronous standby, as one command starts them; and
/// what is left when a node and the primary die.
class ScaleTest {
    private static final Duration HEALTHY_MAX = Duration.ofSeconds(30);

    private static TestDevice device(Scale scale) {
        var codes =
                scale.http()
                        .post(
                                "/oauth/device/code",
                                "client_id",
                                "tv",
                                "scope",
                                "openid offline_access");
        return new TestDevice(scale.http(), new TestClock(), "tv", codes);
    }

    private static TestDevice linked(Scale scale) {
        var device = device(scale);
        approve(scale, device);
        assertThat(device.polls().status()).isEqualTo(200);
        return device;
    }

    private static void approve(Scale scale, TestDevice device) {
        new TestBrowser(scale.http()).approves(device, TandemProcess.EMAIL, TandemProcess.PASSWORD);
    }

    @Test
    void nothing_acknowledged_is_lost_with_a_node_or_with_the_primary(@TempDir Path folder)
            throws IOException {
        try (var scale = Scale.in(folder)) {
            bothNodesHaveTheSameKeys(scale);
            var pending = new ArrayList<TestDevice>();
            var approved = new ArrayList<TestDevice>();
            var linked = new ArrayList<TestDevice>();
            for (int i = 0; i < 5; i++) {
                pending.add(device(scale));
                linked.add(linked(scale));
                approved.add(device(scale));
                approve(scale, approved.getLast());
            }
            var unlinked = linked(scale);
            assertThat(unlinked.revokes(unlinked.refreshToken()).status()).isEqualTo(200);

            scale.does("node-dies", "1");
            soon(() -> device(scale).codes());
            scale.does("node", "1");

            var before = Instant.now();
            scale.does("primary-dies");
            soon(() -> device(scale).codes());
            System.out.printf(
                    "Healthy %d ms after the primary began to die%n",
                    Duration.between(before, Instant.now()).toMillis());

            // The other node may need a moment more: then a device comes again, as it is told to.
            for (var device : pending) {
                assertThat(told(device::polls).error()).isIn("authorization_pending", "slow_down");
            }
            for (var device : approved) {
                assertThat(told(device::polls).status()).isEqualTo(200);
                assertThat(told(device::polls).error()).isEqualTo("invalid_grant");
            }
            for (var device : linked) {
                assertThat(told(device::refreshes).status()).isEqualTo(200);
            }
            assertThat(told(unlinked::refreshes).error()).isEqualTo("invalid_grant");
            assertThat(linked(scale).refreshes().status()).isEqualTo(200);
        }
    }

    private static void bothNodesHaveTheSameKeys(Scale scale) {
        var keys = Scale.nodes().stream().map(n -> keys(scale.node(n))).distinct().toList();
        assertThat(keys).hasSize(1);
    }

    private static String keys(Http node) {
        return node.get("/.well-known/jwks.json").body();
    }

    private static void soon(Supplier<Answer> asks) {
        assertThat(told(asks).status()).isEqualTo(200);
    }

    /// Asks until there is an answer, and is told when to come back as long as there is none,
    /// though no node is ready.
    private static Answer told(Supplier<Answer> asks) {
        var end = Instant.now().plus(HEALTHY_MAX);
        var last = "";
        while (Instant.now().isBefore(end)) {
            try {
                var answer = asks.get();
                if (answer.status() < 500) {
                    return answer;
                }
                last = answer.body();
                if (answer.status() == 503) {
                    assertThat(answer.header("Retry-After")).as(last).isPresent();
                }
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (UncheckedIOException cut) {
                last = String.valueOf(cut.getMessage());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return fail("not healthy again: " + last);
    }
}
