package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Polls that wait for the person: `Prefer: wait`, [RFC 7240
/// §4.3](https://www.rfc-editor.org/rfc/rfc7240#section-4.3).
@TestInstance(Lifecycle.PER_CLASS)
class LongPollTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
        threads.close();
    }

    private Answer polls(TestDevice device, String client, String prefer) {
        return tandem.http()
                .with("Prefer", prefer)
                .post("/oauth/token", DeviceKey.redemption(device, client));
    }

    /// Polls, and is still waiting when this returns.
    private Future<Answer> waiting(TestDevice device, int seconds) throws Exception {
        var answer = threads.submit(() -> polls(device, "tv", "wait=" + seconds));
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(answer.isDone()).isFalse();
        return answer;
    }

    private static void assertPending(Answer answer) {
        assertThat(answer.error()).as(answer.body()).isEqualTo("authorization_pending");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void a_waiting_poll_is_answered_when_the_person_has_decided() throws Exception {
        var tv = tandem.television();
        var answer = waiting(tv, 20);
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens = answer.get(2, TimeUnit.SECONDS);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.text("refresh_token")).isNotEmpty();
        assertThat(tokens.header("Preference-Applied")).contains("wait=20");
        assertThat(tokens.json().has("waited")).isFalse();
    }

    @Test
    void and_when_the_person_has_said_no() throws Exception {
        var tv = tandem.television();
        var answer = waiting(tv, 20);
        tandem.browser().enters(tv.userCode()).declines();
        assertThat(answer.get(2, TimeUnit.SECONDS).error()).isEqualTo("access_denied");
    }

    @Test
    void it_is_answered_in_the_end_when_nobody_decides() {
        var tv = tandem.television();
        var answer = polls(tv, "tv", "wait=1");
        assertPending(answer);
        assertThat(answer.header("Preference-Applied")).contains("wait=1");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void it_is_never_too_soon_and_its_interval_begins_with_the_answer() {
        var tv = tandem.television();
        assertPending(tv.polls());
        assertPending(polls(tv, "tv", "wait=1"));
        assertPending(polls(tv, "tv", "wait=1"));
        assertThat(tv.polls().error()).isEqualTo("slow_down");
        assertPending(tv.after(Duration.ofSeconds(10)).polls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait=-1", "wait=x", "respond-async", "awaits=5", ""})
    void whoever_prefers_nothing_of_the_kind_is_answered_at_once(String prefer) {
        var answer = polls(tandem.television(), "tv", prefer);
        assertPending(answer);
        assertThat(answer.header("Preference-Applied")).isEmpty();
    }

    @Test
    void more_than_thirty_seconds_count_as_thirty() throws Exception {
        var tv = tandem.television();
        var answer = threads.submit(() -> polls(tv, "tv", "respond-async, wait=3600; x=y"));
        TimeUnit.MILLISECONDS.sleep(300);
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(answer.get(2, TimeUnit.SECONDS).header("Preference-Applied"))
                .contains("wait=30");
    }

    @Test
    void a_newer_poll_ends_the_waiting_of_the_older() throws Exception {
        var tv = tandem.television();
        var older = waiting(tv, 20);
        var newer = waiting(tv, 20);
        assertPending(older.get(2, TimeUnit.SECONDS));
        assertPending(tv.after(Duration.ofSeconds(6)).polls());
        assertPending(newer.get(2, TimeUnit.SECONDS));
    }

    @Test
    void a_code_that_is_decided_already_is_not_waited_for() {
        var tv = tandem.television();
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(polls(tv, "tv", "wait=20").status()).isEqualTo(200);
        assertThat(polls(tv, "tv", "wait=20").error()).isEqualTo("invalid_grant");
    }

    @Test
    void a_stranger_waits_at_no_code_and_wakes_nobody() throws Exception {
        var tv = tandem.television();
        var own = waiting(tv, 20);
        assertThat(polls(tv, "radio", "wait=20").error()).isEqualTo("invalid_grant");
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(own.isDone()).isFalse();
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(own.get(2, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void polls_that_wait_are_answered_before_the_server_stops(@TempDir Path folder)
            throws Exception {
        var other = TestTandem.in(folder);
        var tv = other.television();
        var answer =
                threads.submit(() ->
                        other.http()
                                .with("Prefer", "wait=30")
                                .post("/oauth/token", DeviceKey.redemption(tv, "tv")));
        TimeUnit.MILLISECONDS.sleep(300);
        other.close();
        assertPending(answer.get(5, TimeUnit.SECONDS));
    }
}
