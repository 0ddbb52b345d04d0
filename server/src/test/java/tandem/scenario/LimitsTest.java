package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.EventType;
import tandem.store.Events;
import tandem.store.Page;

/// Limits on wrong codes, wrong passwords, wrong secrets of clients and requests.
class LimitsTest {
    private static final Duration BREATH = Duration.ofSeconds(1);

    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.withLimits(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private Answer enters(String code) {
        tandem.clock().forward(BREATH);
        return tandem.browser().enters(code).page();
    }

    private boolean happened(EventType type) {
        return count(type) > 0;
    }

    private long count(EventType type) {
        return tandem
                .server()
                .store()
                .read(tx -> tx.events().newest(Events.Filter.ALL, new Page(0, 100)))
                .stream()
                .filter(e -> e.event().type() == type)
                .count();
    }

    @Test
    void ten_wrong_codes_then_one_a_minute_whatever_the_cookies() {
        for (int i = 0; i < 10; i++) {
            assertThat(enters("BBBB-BBBB").status()).isEqualTo(400);
        }
        var limited = enters("BBBB-BBBB");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isPresent();
        assertThat(limited.heading()).isEqualTo("Take a short break");
        assertThat(happened(EventType.CODE_GUESS_LIMITED)).isTrue();

        var right = tandem.television();
        assertThat(enters(right.userCode()).status()).as("a right code, no oracle").isEqualTo(429);
        tandem.clock().forward(Duration.ofSeconds(61));
        assertThat(enters(right.userCode()).heading())
                .isEqualTo("Is this the code on your device?");
    }

    @Test
    void right_codes_cost_nothing_and_reset_nothing() {
        for (int i = 0; i < 9; i++) {
            enters("BBBB-BBBB");
        }
        for (int i = 0; i < 5; i++) {
            assertThat(enters(tandem.television().userCode()).status()).isEqualTo(200);
        }
        assertThat(enters("BBBB-BBBB").status()).isEqualTo(400);
        assertThat(enters("BBBB-BBBB").status()).isEqualTo(429);
    }

    @Test
    void a_signed_in_person_behind_a_shared_address_still_gets_through() {
        for (int i = 0; i < 12; i++) {
            enters("BBBB-BBBB");
        }
        var browser = tandem.browser();
        tandem.clock().forward(BREATH);
        browser.opens("/account");
        tandem.clock().forward(BREATH);
        browser.submits("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD);
        tandem.clock().forward(BREATH);
        browser.enters(tandem.television().userCode());
        assertThat(browser.page().heading()).isEqualTo("Is this the code on your device?");
    }

    private int signsIn(TestBrowser browser, String email, String password) {
        tandem.clock().forward(BREATH);
        browser.opens("/login");
        tandem.clock().forward(BREATH);
        return browser.post("/login", "email", email, "password", password).status();
    }

    @Test
    void ten_wrong_passwords_for_an_account_then_even_the_right_one_waits() {
        var browser = tandem.browser();
        for (int i = 0; i < 10; i++) {
            assertThat(signsIn(browser, TestTandem.EMAIL, "wrong")).isEqualTo(401);
        }
        assertThat(signsIn(browser, TestTandem.EMAIL, TestTandem.PASSWORD)).isEqualTo(429);
        assertThat(happened(EventType.LOGIN_THROTTLED)).isTrue();
        tandem.restarts();
        assertThat(signsIn(tandem.browser(), TestTandem.EMAIL, TestTandem.PASSWORD))
                .as("a restart forgets nothing")
                .isEqualTo(429);
        tandem.clock().forward(Duration.ofMinutes(15));
        assertThat(signsIn(tandem.browser(), TestTandem.EMAIL, TestTandem.PASSWORD)).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADA@example.com", "ada@example.com ", "a\u200Bda@example.com"})
    void spellings_of_one_address_are_one_account_and_one_bucket(String spelling) {
        var browser = tandem.browser();
        for (int i = 0; i < 10; i++) {
            assertThat(signsIn(browser, i % 2 == 0 ? TestTandem.EMAIL : spelling, "wrong"))
                    .isEqualTo(401);
        }
        assertThat(signsIn(browser, spelling, TestTandem.PASSWORD)).isEqualTo(429);
    }

    @Test
    void one_password_tried_on_many_accounts_stops_the_address() {
        var browser = tandem.browser();
        for (int i = 0; i < 50; i++) {
            assertThat(signsIn(browser, "nobody" + i + "@example.com", "password1")).isEqualTo(401);
        }
        assertThat(signsIn(browser, TestTandem.EMAIL, TestTandem.PASSWORD)).isEqualTo(429);
    }

    @Test
    void a_crowd_of_wrong_passwords_is_evaluated_no_more_often_than_the_limit() throws Exception {
        var browser = tandem.browser();
        tandem.clock().forward(BREATH);
        browser.opens("/login");
        var attempts = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 40; i++) {
            attempts.add(() ->
                    browser.post("/login", "email", TestTandem.EMAIL, "password", "wrong")
                            .status());
        }
        int evaluated = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(attempts)) {
                evaluated += future.get() == 401 ? 1 : 0;
            }
        }
        assertThat(evaluated).isLessThanOrEqualTo(10);
    }

    @Test
    void codes_for_one_client_are_limited_by_address_and_the_answer_is_oauth() {
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < 15; i++) {
            answers.add(tandem.device("tv").codes());
        }
        assertThat(answers).filteredOn(a -> a.status() == 200).hasSize(10);
        var limited = answers.getLast();
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.error()).isEqualTo("slow_down");
        assertThat(limited.header("Retry-After")).isPresent();
        assertThat(tandem.device("radio").codes().status()).as("another client").isEqualTo(200);
        tandem.clock().forward(BREATH);
        assertThat(tandem.device("tv").codes().status()).isEqualTo(200);
        assertThat(count(EventType.REQUESTS_LIMITED)).as("told once, not five times").isOne();
    }

    @Test
    void a_request_that_fails_is_told_once_a_minute() {
        for (int i = 0; i < 3; i++) {
            var refused = tandem.device("tv", "scope", "fly", "audience", TestTandem.API);
            assertThat(refused.codes().error()).isEqualTo("invalid_scope");
        }
        assertThat(count(EventType.DEVICE_REQUEST_FAILED)).isOne();
    }

    @Test
    void a_redemption_that_fails_is_told() {
        var tv = tandem.television();
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        tandem.saveAccount(tandem.ada().withBlocked(true, tandem.clock().instant()));
        for (int i = 0; i < 2; i++) {
            assertThat(tv.polls().error()).isEqualTo("invalid_grant");
        }
        assertThat(count(EventType.DEVICE_REDEMPTION_FAILED)).isOne();
    }

    @Test
    void unknown_device_codes_are_limited_by_address() {
        int limited = 0;
        for (int i = 0; i < 30; i++) {
            var answer =
                    tandem.http()
                            .post(
                                    "/oauth/token",
                                    "grant_type",
                                    "urn:ietf:params:oauth:grant-type:device_code",
                                    "device_code",
                                    "unknown" + i,
                                    "client_id",
                                    "tv");
            limited += answer.status() == 429 ? 1 : 0;
        }
        assertThat(limited).isEqualTo(10);
        assertThat(count(EventType.REQUESTS_LIMITED)).isOne();
    }

    private Answer revokes(String client, String secret) {
        return tandem.http().basic(client, secret).post("/oauth/revoke", "token", "x");
    }

    @Test
    void ten_wrong_secrets_of_a_client_then_even_the_right_one_waits() {
        for (int i = 0; i < 10; i++) {
            assertThat(revokes("printer", "wrong" + i).status()).isEqualTo(401);
        }
        for (var path :
                List.of(
                        "/oauth/device/code",
                        "/oauth/token",
                        "/oauth/revoke",
                        "/oauth/introspect")) {
            var right = tandem.http().basic("printer", TestTandem.SECRET).post(path);
            assertThat(right.status()).as(path).isEqualTo(429);
            assertThat(right.error()).isEqualTo("slow_down");
            assertThat(right.header("Retry-After")).contains("6");
        }
        var inBody =
                tandem.http().post("/oauth/token", "client_id", "printer", "client_secret", "x");
        assertThat(inBody.status()).isEqualTo(429);
        assertThat(revokes("ops", TestTandem.SECRET).status()).as("another client").isEqualTo(200);
        assertThat(count(EventType.REQUESTS_LIMITED)).as("told once").isOne();

        tandem.clock().forward(Duration.ofSeconds(6));
        assertThat(revokes("printer", TestTandem.SECRET).status()).isEqualTo(200);
        assertThat(revokes("printer", "wrong").status()).as("one more").isEqualTo(401);
        assertThat(revokes("printer", TestTandem.SECRET).status()).isEqualTo(429);
    }

    @Test
    void right_secrets_cost_nothing() {
        for (int i = 0; i < 30; i++) {
            assertThat(revokes("printer", TestTandem.SECRET).status()).isEqualTo(200);
        }
    }

    @Test
    void clients_that_nobody_registered_count_as_one() {
        for (int i = 0; i < 10; i++) {
            assertThat(revokes("nobody" + i, "x").status()).isEqualTo(401);
        }
        assertThat(revokes("nobody", "x").status()).isEqualTo(429);
        assertThat(revokes("printer", "wrong").status()).isEqualTo(401);
    }

    @Test
    void ten_wrong_codes_are_all_that_one_browser_has() {
        var browser = tandem.browser();
        for (int i = 0; i < 10; i++) {
            tandem.clock().forward(Duration.ofMinutes(1));
            assertThat(browser.enters("BBBB-BBBB").page().status()).isEqualTo(400);
        }
        tandem.clock().forward(Duration.ofMinutes(1));
        assertThat(browser.enters("BBBB-BBBB").page().status()).isEqualTo(429);
        assertThat(enters("BBBB-BBBB").status()).as("another browser").isEqualTo(400);
    }

    @Test
    void names_that_are_no_clients_count_together() {
        for (int i = 0; i < 10; i++) {
            assertThat(asksForCodes("nobody" + i, "secret").status()).isEqualTo(401);
        }
        assertThat(asksForCodes("nobody", "secret").status()).isEqualTo(429);
    }

    private Answer asksForCodes(String client, String secret) {
        return tandem.http()
                .post("/oauth/device/code", "client_id", client, "client_secret", secret);
    }
}
