package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tandem.store.AtOnce;
import tandem.store.TestPostgresql;

/// Two nodes that share nothing but a PostgreSQL.
@TestInstance(Lifecycle.PER_CLASS)
class NodesTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private TestTandem one;
    private TestTandem two;

    @BeforeAll
    void start(@TempDir Path folder) {
        one = TestTandem.onPostgresql(folder);
        two = one.beside();
    }

    @AfterAll
    void stop() {
        two.close();
        one.close();
        threads.close();
    }

    /// The same device, which from now on talks to the other node.
    private TestDevice at(TestTandem node, TestDevice device) {
        return new TestDevice(node.http(), node.clock(), "tv", device.codes());
    }

    private TestDevice knownToBoth() {
        var tv = one.television();
        var there = at(two, tv);
        for (int i = 0; i < 2; i++) {
            assertPending(there.after(Duration.ofSeconds(6)).polls());
        }
        return tv;
    }

    private static void assertPending(Answer answer) {
        assertThat(answer.error()).as(answer.body()).isEqualTo("authorization_pending");
    }

    private void approve(TestDevice device) {
        one.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
    }

    private static void soon(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        fail("not within five seconds");
    }

    @Test
    void codes_of_one_node_are_good_at_the_other() {
        var tv = one.television();
        assertPending(at(two, tv).polls());
        approve(tv);
        assertThat(at(two, tv).after(Duration.ofSeconds(6)).polls().status()).isEqualTo(200);
        assertThat(tv.polls().error()).isEqualTo("invalid_grant");
    }

    @Test
    void a_decision_reaches_a_node_that_knows_the_code_by_heart() throws Exception {
        var tv = knownToBoth();
        approve(tv);
        var there = at(two, tv);
        soon(() -> there.after(Duration.ofSeconds(30)).polls().status() == 200);
    }

    @Test
    void a_poll_that_waits_at_one_node_hears_what_is_decided_at_the_other() throws Exception {
        for (boolean yes : List.of(true, false)) {
            var tv = one.television();
            var answer = waiting(two, tv);
            if (yes) {
                approve(tv);
                assertThat(answer.get(2, TimeUnit.SECONDS).status()).isEqualTo(200);
            } else {
                one.browser().enters(tv.userCode()).declines();
                assertThat(answer.get(2, TimeUnit.SECONDS).error()).isEqualTo("access_denied");
            }
        }
    }

    private Future<Answer> waiting(TestTandem node, TestDevice tv) throws Exception {
        var answer =
                threads.submit(() ->
                        node.http()
                                .with("Prefer", "wait=20")
                                .post("/oauth/token", DeviceKey.redemption(tv, "tv")));
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(answer.isDone()).isFalse();
        return answer;
    }

    /// Were there a query, it would wait for the lock.
    @Test
    void a_pending_poll_asks_the_database_nothing_where_the_code_is_known() throws Exception {
        var tv = knownToBoth();
        try (var connection = DriverManager.getConnection(jdbc());
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE device_authorization IN ACCESS EXCLUSIVE MODE");
            assertPending(tv.after(Duration.ofSeconds(6)).polls());
            assertPending(at(two, tv).polls());
        }
    }

    private String jdbc() {
        return TestPostgresql.jdbc(one.databaseUrl());
    }

    @Test
    void a_node_that_cannot_hear_looks_at_the_store_and_hears_again_later() throws Exception {
        var tv = knownToBoth();
        var other = knownToBoth();
        var waiting = waiting(two, other);
        int before = two.server().store().hearing();
        TestPostgresql.administer(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'"
                        + " OR query = 'SELECT 1'");
        assertPending(waiting.get(2, TimeUnit.SECONDS));
        approve(tv);
        assertThat(at(two, tv).after(Duration.ofSeconds(6)).polls().status()).isEqualTo(200);
        soon(() -> two.server().store().hearing() > before);
        approve(other);
        assertThat(at(two, other).after(Duration.ofSeconds(6)).polls().status()).isEqualTo(200);
    }

    @Test
    void of_many_polls_at_both_nodes_one_gets_the_tokens() throws Exception {
        for (int round = 0; round < 5; round++) {
            var tv = one.television();
            approve(tv);
            var polls = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 20; i++) {
                var node = i % 2 == 0 ? one : two;
                polls.add(() -> at(node, tv).polls().status());
            }
            var statuses = AtOnce.of(polls);
            assertThat(statuses).containsOnly(200, 400);
            assertThat(statuses).containsOnlyOnce(200);
        }
    }

    @Test
    void what_is_rotated_or_revoked_at_one_node_is_so_at_the_other() {
        var tv = one.linkedTelevision();
        var rotated = tv.refreshes().text("refresh_token");
        var there = at(two, tv);
        var again = there.refreshesWith(rotated);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        tv.revokes(again.text("refresh_token"));
        assertThat(there.refreshesWith(again.text("refresh_token")).error())
                .isEqualTo("invalid_grant");
        var userinfo = two.http().bearer(again.text("access_token")).get("/userinfo");
        assertThat(userinfo.status()).isEqualTo(401);
    }

    @Test
    void an_app_switched_off_at_one_node_is_off_at_the_other() throws Exception {
        var operator = one.operator("update:clients");
        operator.json("PATCH", "/api/v2/clients/radio", "{\"enabled\": false}");
        soon(() -> two.device("radio").codes().status() != 200);
        operator.json("PATCH", "/api/v2/clients/radio", "{\"enabled\": true}");
        soon(() -> two.device("radio").codes().status() == 200);
    }

    @Test
    void both_have_the_same_keys_also_after_a_rotation() throws Exception {
        assertThat(keys(two)).isEqualTo(keys(one));
        var before = keys(one);
        one.operator("create:signing_keys").json("POST", "/api/v2/keys/signing/rotate", "{}");
        assertThat(keys(one)).isNotEqualTo(before);
        soon(() -> keys(two).equals(keys(one)));
        AtOnce.of(() -> rotates(one), () -> rotates(two), () -> rotates(one), () -> rotates(two));
        soon(() -> keys(two).equals(keys(one)));
    }

    private static int rotates(TestTandem node) {
        var operator = node.operator("create:signing_keys");
        var answer = operator.json("POST", "/api/v2/keys/signing/rotate", "{}");
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        return answer.status();
    }

    private static String keys(TestTandem node) {
        return node.http().get("/.well-known/jwks.json").body();
    }

    @Test
    void a_clock_that_is_half_a_minute_ahead_changes_nothing_for_a_device() {
        var ahead = new TestClock();
        ahead.forward(Duration.between(ahead.instant(), one.clock().instant()).plusSeconds(30));
        try (var early = one.beside(ahead)) {
            var tv = one.television();
            assertPending(at(early, tv).polls());
            assertPending(tv.polls());
            approve(tv);
            var answer = at(early, tv).polls();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            var back = tv.refreshesWith(answer.text("refresh_token"));
            assertThat(back.status()).as(back.body()).isEqualTo(200);
        }
    }

    /// The node ahead says so first; from then on the other does not say otherwise, neither to the
    /// device nor to the person.
    @Test
    void half_a_minute_apart_codes_end_once_and_for_all() throws Exception {
        var ahead = new TestClock();
        ahead.forward(Duration.between(ahead.instant(), one.clock().instant()).plusSeconds(30));
        try (var early = one.beside(ahead)) {
            var tv = one.television();
            var approved = one.television();
            approve(approved);
            var there = at(early, tv);
            var lifetime = Duration.ofSeconds(Integer.parseInt(tv.codes().text("expires_in")));
            var end = one.clock().instant().plus(lifetime);
            for (var device : List.of(tv, there)) {
                assertPending(device.after(lifetime.minusSeconds(42)).polls());
            }
            assertPending(tv.after(Duration.ofSeconds(5)).polls());
            assertPending(there.after(Duration.ofSeconds(5)).polls());
            assertPending(tv.after(Duration.ofSeconds(5)).polls());
            assertExpired(there.after(Duration.ofSeconds(10)).polls());
            assertExpired(at(early, approved).polls());

            soon(() -> tv.after(Duration.ofMillis(100)).polls().error().equals("expired_token"));
            for (int i = 0; i < 3; i++) {
                assertExpired(there.after(Duration.ofSeconds(5)).polls());
                assertExpired(tv.after(Duration.ofMillis(500)).polls());
                assertExpired(approved.polls());
            }
            assertThat(one.browser().enters(tv.userCode()).page().status()).isEqualTo(400);
            assertThat(one.clock().instant()).as("by its own clock they would live").isBefore(end);
        }
    }

    private static void assertExpired(Answer answer) {
        assertThat(answer.error()).as(answer.body()).isEqualTo("expired_token");
    }

    /// The sweepers' few commits are in the figure, too.
    @Test
    void where_limits_are_off_nobody_is_told_of_wrong_secrets_and_nothing_is_written() {
        double before = Scrape.of(one.management()).of("tandem_store_commits_total");
        var printer = one.http().basic("printer", "wrong");
        for (int i = 0; i < 20; i++) {
            assertThat(printer.post("/oauth/revoke", "token", "x").status()).isEqualTo(401);
        }
        double after = Scrape.of(one.management()).of("tandem_store_commits_total");
        assertThat(after - before).isLessThan(20);
    }

    @Test
    void a_person_may_be_served_by_another_node_at_every_step() {
        var tv = one.television();
        var browser = one.browser().enters(tv.userCode()).servedBy(two).confirms();
        browser.servedBy(one).signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(at(two, tv).polls().status()).isEqualTo(200);
    }
}
