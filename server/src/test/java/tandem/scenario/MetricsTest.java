package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tandem.metric.Metric;
import tandem.web.Limits.Limit;

/// What an operator sees at `/metrics` of what devices and people do.
@TestInstance(Lifecycle.PER_CLASS)
class MetricsTest {
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (tandem_\\w+) (\\w+)$");

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private Scrape scrape() {
        return Scrape.of(tandem.management());
    }

    private static String requests(String route, String method, int status) {
        return "tandem_http_request_duration_seconds_count{method=\"%s\",route=\"%s\",status=\"%d\"}"
                .formatted(method, route, status);
    }

    private static String event(String type) {
        return "tandem_events_total{type=\"" + type + "\"}";
    }

    @Test
    void every_metric_is_there_and_no_other_of_ours() {
        tandem.http().get("/activate");
        var families = FAMILY.matcher(scrape().page()).results().map(found -> found.group(1));
        assertThat(families.filter(name -> !name.endsWith("_seconds_max")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Metric.values()).map(Metric::wire).toList());
    }

    @Test
    void is_answered_to_operations_alone() {
        assertThat(tandem.http().get("/metrics").status()).isEqualTo(404);
        var answer = tandem.management().get("/metrics");
        assertThat(answer.header("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads");
    }

    @Test
    void the_way_of_a_device_is_counted_step_by_step() {
        var before = scrape();
        tandem.linkedTelevision();
        var after = scrape();
        for (var step :
                new String[] {
                    "device.requested", "device.approved", "device.redeemed", "link.created"
                }) {
            assertThat(after.since(before, event(step))).as(step).isEqualTo(1);
        }
        assertThat(after.since(before, event("device.denied"))).isZero();
        assertThat(after.since(before, requests("/oauth/device/code", "POST", 200))).isEqualTo(1);
        assertThat(after.since(before, requests("/oauth/token", "POST", 200))).isEqualTo(1);
        assertThat(after.since(before, "tandem_store_writes_total")).isGreaterThanOrEqualTo(4);
        assertThat(after.since(before, "tandem_store_commits_total")).isGreaterThanOrEqualTo(4);
        assertThat(after.of("tandem_live_codes")).isGreaterThanOrEqualTo(1);
    }

    @Test
    void an_event_whose_write_is_undone_is_not_counted() {
        var before = scrape();
        var device = tandem.television();
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        device.polls();
        assertThat(device.polls().error()).isEqualTo("invalid_grant");
        assertThat(scrape().since(before, event("device.redeemed"))).isEqualTo(1);
    }

    @Test
    void a_poll_that_waits_is_seen_waiting_and_its_waiting_is_no_slowness() throws Exception {
        var device = tandem.television();
        var before = scrape();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer =
                    threads.submit(() ->
                            tandem.http()
                                    .with("Prefer", "wait=3")
                                    .post("/oauth/token", DeviceKey.redemption(device, "tv")));
            TimeUnit.MILLISECONDS.sleep(500);
            assertThat(scrape().of("tandem_parked_polls")).isEqualTo(1);
            assertThat(answer.get().error()).isEqualTo("authorization_pending");
        }
        var after = scrape();
        assertThat(after.of("tandem_parked_polls")).isZero();
        assertThat(after.of("tandem_parked_polls_max")).isGreaterThan(100);
        assertThat(after.since(before, requests("/oauth/token", "POST", 400))).isEqualTo(1);
        assertThat(
                        after.since(
                                before,
                                requests("/oauth/token", "POST", 400).replace("_count", "_sum")))
                .isLessThan(2);
    }

    @Test
    void what_anybody_makes_up_makes_no_series() {
        tandem.http().get("/made/up");
        var before = scrape();
        for (int i = 0; i < 20; i++) {
            tandem.http().get("/made/up-" + i);
            tandem.http().method("MADEUP" + (char) (65 + i), "/oauth/token");
        }
        var after = scrape();
        assertThat(after.since(before, requests("none", "GET", 404))).isEqualTo(20);
        assertThat(after.since(before, requests("/oauth/token", "other", 405))).isEqualTo(20);
        assertThat(after.page()).doesNotContain("made/up", "MADEUP");
    }

    @Test
    void a_path_with_a_name_in_it_is_its_pattern() {
        var before = scrape();
        tandem.operator("read:users").get("/api/v2/users/usr_ada");
        var after = scrape();
        assertThat(after.since(before, requests("/api/v2/users/{id}", "GET", 200))).isEqualTo(1);
        assertThat(after.page()).doesNotContain("usr_ada");
    }

    @Test
    void a_limit_that_is_exceeded_is_counted_by_its_name(@TempDir Path folder) {
        try (var limited = TestTandem.withLimits(folder)) {
            exceeds(limited);
        }
    }

    private static void exceeds(TestTandem limited) {
        var series =
                "tandem_limit_refusals_total{limit=\"" + Limit.UNKNOWN_DEVICE_CODES.wire() + "\"}";
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            refused += polled(limited, "none-" + i).status() == 429 ? 1 : 0;
        }
        var after = Scrape.of(limited.management());
        assertThat(refused).isPositive();
        assertThat(after.of(series)).isEqualTo(refused);
        assertThat(after.of("tandem_cache_entries{cache=\"limits\"}")).isPositive();
    }

    private static Answer polled(TestTandem limited, String code) {
        return limited.http()
                .post(
                        "/oauth/token",
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        "tv",
                        "device_code",
                        code);
    }

    @Test
    void no_code_token_or_address_is_among_the_labels() {
        var device = tandem.linkedTelevision();
        assertThat(scrape().page())
                .doesNotContain(
                        device.deviceCode(),
                        device.userCode(),
                        device.refreshToken(),
                        TestTandem.EMAIL,
                        "127.0.0.1",
                        "client=");
    }
}
