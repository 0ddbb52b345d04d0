package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tandem.oauth.SecretHash;
import tandem.store.AtOnce;
import tandem.store.Signal;
import tandem.web.Limits;
import tandem.web.Limits.Limit;
import tandem.web.Limits.Rate;

/// Three nodes on one PostgreSQL: together they evaluate no more wrong codes than one alone would.
@TestInstance(Lifecycle.PER_CLASS)
class SummedLimitsTest {
    private static final Duration BREATH = Duration.ofSeconds(1);

    /// More than [Limit#WRONG_CODES_PER_SESSION] has, and out of the way of the other tests.
    private static final Rate OVER_ALL = new Rate(17, 17, Duration.ofHours(1));

    private final List<TestTandem> nodes = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path folder) {
        var limits = Limits.standard();
        limits.put(Limit.WRONG_CODES_OVER_ALL, OVER_ALL);
        nodes.add(TestTandem.onPostgresql(folder, limits));
        nodes.add(nodes.getFirst().beside());
        nodes.add(nodes.getFirst().beside());
    }

    @AfterAll
    void stop() {
        nodes.forEach(TestTandem::close);
    }

    /// Nothing is left of the test before.
    @BeforeEach
    void later() throws InterruptedException {
        settle();
        pass(Duration.ofHours(2));
    }

    private void pass(Duration time) {
        nodes.getFirst().clock().forward(time);
    }

    private int enters(TestBrowser browser, String code) {
        pass(BREATH);
        return browser.enters(code).page().status();
    }

    private int enters(TestTandem node, String code) {
        return enters(node.browser(), code);
    }

    /// Waits until all have heard what was told so far: signals come in the order of the commits.
    private void settle() throws InterruptedException {
        var mark = new Signal.Counted("test", "mark", SecretHash.sha256("mark"));
        var heard = ConcurrentHashMap.<TestTandem>newKeySet();
        for (var node : nodes) {
            node.server()
                    .store()
                    .listen(signal -> {
                        if (signal.equals(mark)) {
                            heard.add(node);
                        }
                    });
        }
        // A node whose connection broke just then does not hear the first.
        for (int i = 0; i < 3_000 && heard.size() < nodes.size(); i++) {
            if (i % 100 == 0) {
                tell(mark);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(heard).hasSameSizeAs(nodes);
    }

    private void tell(Signal signal) {
        nodes.getFirst()
                .server()
                .store()
                .write(tx -> {
                    tx.tell(signal);
                    return true;
                });
    }

    /// How many of so many wrong codes, entered at one node after the other, are looked at.
    private int evaluated(int tries) throws InterruptedException {
        int evaluated = 0;
        for (int i = 0; i < tries; i++) {
            evaluated += enters(nodes.get(i % nodes.size()), "BBBB-BBBB") == 400 ? 1 : 0;
            settle();
        }
        return evaluated;
    }

    @Test
    void an_address_that_goes_from_node_to_node_has_what_one_node_gives() throws Exception {
        var right = nodes.getFirst().television();
        assertThat(evaluated(15)).isEqualTo(10);
        for (var node : nodes) {
            assertThat(enters(node, right.userCode())).as("a right code, no oracle").isEqualTo(429);
        }
        pass(Duration.ofMinutes(1));
        assertThat(evaluated(3)).as("one a minute, for all together").isOne();
    }

    /// A full bucket, and what runs into it within one period.
    @Test
    void at_all_nodes_at_once_it_has_no_more_and_owes_what_is_above() throws Exception {
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 36; i++) {
            var browser = nodes.get(i % nodes.size()).browser().opens("/activate");
            tries.add(() -> browser.post("/activate", "user_code", "BBBB-BBBB").status());
        }
        int evaluated = (int) AtOnce.of(tries).stream().filter(s -> s == 400).count();
        assertThat(evaluated).isBetween(10, 11);
        settle();
        pass(Duration.ofMinutes(evaluated - 10).plusSeconds(50));
        assertThat(evaluated(3)).isZero();
        pass(Duration.ofSeconds(10));
        assertThat(evaluated(3)).isOne();
    }

    /// The minutes are for the address, that may try once in each.
    @Test
    void a_browser_that_goes_from_node_to_node_has_what_one_node_gives() throws Exception {
        var browser = nodes.getFirst().browser();
        for (int i = 0; i < 15; i++) {
            pass(Duration.ofMinutes(1));
            int status = enters(browser.servedBy(nodes.get(i % nodes.size())), "BBBB-BBBB");
            assertThat(status).as("try %d", i + 1).isEqualTo(i < 10 ? 400 : 429);
            settle();
        }
        pass(Duration.ofMinutes(5));
        assertThat(enters(nodes.getLast(), "BBBB-BBBB")).as("another browser").isEqualTo(400);
    }

    @Test
    void so_has_the_whole_world() throws Exception {
        int evaluated = 0;
        for (int i = 0; i < 4; i++) {
            evaluated += evaluated(9);
            pass(Duration.ofMinutes(9));
        }
        assertThat(evaluated)
                .as("and half as many in half an hour")
                .isBetween(OVER_ALL.burst(), OVER_ALL.burst() * 3 / 2);
    }

    @Test
    void right_codes_cost_nothing_at_any_node() throws Exception {
        for (int i = 0; i < 12; i++) {
            var node = nodes.get(i % nodes.size());
            assertThat(enters(node, node.television().userCode())).isEqualTo(200);
        }
        settle();
        assertThat(evaluated(12)).isEqualTo(10);
    }

    @Test
    void wrong_secrets_of_a_client_are_counted_together() throws Exception {
        int evaluated = 0;
        for (int i = 0; i < 15; i++) {
            var http = nodes.get(i % nodes.size()).http().basic("printer", "wrong" + i);
            evaluated += http.post("/oauth/revoke", "token", "x").status() == 401 ? 1 : 0;
            settle();
        }
        assertThat(evaluated).isEqualTo(10);
    }

    /// The sweepers' few commits are in the figure, too.
    @Test
    void what_is_over_the_limit_writes_nothing() throws Exception {
        assertThat(evaluated(20)).isEqualTo(10);
        double before = commits();
        for (int i = 0; i < 60; i++) {
            assertThat(enters(nodes.get(i % nodes.size()), "BBBB-BBBB")).isIn(400, 429);
        }
        assertThat(commits() - before).isLessThan(30);
    }

    private double commits() {
        return nodes.stream()
                .mapToDouble(n -> Scrape.of(n.management()).of("tandem_store_commits_total"))
                .sum();
    }
}
