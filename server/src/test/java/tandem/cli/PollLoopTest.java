package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.cli.ScriptedServer.CODES;
import static tandem.cli.ScriptedServer.TOKENS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.cli.ScriptedServer.Line;

class PollLoopTest {

    private static final Line PENDING = Line.error("authorization_pending");
    private static final Line LINKED = Line.json(200, TOKENS);

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void giveCodes() {
        server.on("/device", Line.json(200, CODES));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void each_slow_down_makes_every_later_wait_five_seconds_longer() throws Exception {
        server.on(
                "/token",
                PENDING,
                Line.error("slow_down"),
                PENDING,
                Line.error("slow_down"),
                LINKED);

        assertThat(decide()).isInstanceOf(Answer.Linked.class);
        assertThat(time.sleptSeconds()).containsExactly(5L, 5L, 10L, 10L, 15L);
    }

    @Test
    void a_larger_interval_in_a_slow_down_counts_and_retry_after_stretches_one_wait()
            throws Exception {
        Line slow = Line.json(429, "{'error':'slow_down','interval':30}").with("Retry-After", "45");
        server.on("/token", slow, PENDING, LINKED);

        assertThat(decide()).isInstanceOf(Answer.Linked.class);
        assertThat(time.sleptSeconds()).containsExactly(5L, 45L, 30L);
    }

    @Test
    void a_smaller_interval_in_a_slow_down_does_not_hurry() throws Exception {
        server.on("/token", Line.json(400, "{'error':'slow_down','interval':1}"), LINKED);

        decide();
        assertThat(time.sleptSeconds()).containsExactly(5L, 10L);
    }

    @Test
    void polls_become_rarer_while_the_server_is_away_and_find_it_when_it_is_back()
            throws Exception {
        server.on("/token", PENDING, LINKED);
        time.duringSleep(1, server::stop).duringSleep(4, server::startAgain);

        assertThat(decide()).isInstanceOf(Answer.Linked.class);
        assertThat(time.sleptSeconds()).containsExactly(5L, 10L, 20L, 30L, 5L);
        assertThat(told).containsExactly("retrying 10", "retrying 20", "retrying 30", "pending 5");
    }

    @Test
    void retry_after_of_a_503_is_waited_for() throws Exception {
        Line away = Line.json(503, "{'error':'temporarily_unavailable'}").with("Retry-After", "40");
        server.on("/token", away, LINKED);

        assertThat(decide()).isInstanceOf(Answer.Linked.class);
        assertThat(time.sleptSeconds()).containsExactly(5L, 40L);
    }

    @Test
    void a_proxys_error_page_is_waited_out() throws Exception {
        server.on("/token", Line.html(502), LINKED);

        assertThat(decide()).isInstanceOf(Answer.Linked.class);
        assertThat(time.sleptSeconds()).containsExactly(5L, 10L);
    }

    @Test
    void a_page_where_json_should_be_ends_it_with_a_clear_word() throws Exception {
        server.on("/token", Line.html(200));

        assertThat(decide())
                .isEqualTo(
                        new Answer.Failed(
                                "invalid_response",
                                "the server answered with text/html instead of JSON (status 200)"));
    }

    @Test
    void a_lost_answer_is_asked_for_again_with_the_same_code() throws Exception {
        server.on("/token", Line.brokenOff(), LINKED);

        assertThat(decide()).isInstanceOf(Answer.Linked.class);
        assertThat(server.asked("/token"))
                .extracting(asked -> asked.form().get("device_code"))
                .containsExactly("dev-secret", "dev-secret");
    }

    @Test
    void denied_expired_and_other_errors_end_it() throws Exception {
        server.on("/token", Line.json(403, "{'error':'access_denied'}"));
        assertThat(decide()).isInstanceOf(Answer.Denied.class);
        server.on("/token", Line.error("expired_token"));
        assertThat(decide()).isInstanceOf(Answer.Expired.class);
        server.on("/token", Line.error("unauthorized_client"));
        assertThat(decide()).isEqualTo(new Answer.Failed("unauthorized_client", "told so"));
    }

    @Test
    void the_code_ends_by_this_clock_too_when_nobody_answers() throws Exception {
        server.on("/token", PENDING);
        time.duringSleep(2, server::stop);

        assertThat(decide()).isInstanceOf(Answer.Expired.class);
        assertThat(time.sleptSeconds().stream().mapToLong(Long::longValue).sum()).isEqualTo(600);
    }

    @Test
    void a_long_back_off_is_cut_short_for_a_last_poll() throws Exception {
        server.on("/device", Line.json(200, CODES.replace("600", "12")));
        server.on("/token", Line.html(502), LINKED);

        assertThat(decide()).isInstanceOf(Answer.Linked.class);
        assertThat(time.sleptSeconds()).containsExactly(5L, 6L);
    }

    @Test
    void an_interval_that_is_missing_or_nonsense_is_five_seconds() throws Exception {
        for (String interval : List.of("", ",'interval':0", ",'interval':-1", ",'interval':null")) {
            server.on("/device", Line.json(200, CODES.replace(",'interval':5", interval)));
            assertThat(codes().interval()).isEqualTo(Duration.ofSeconds(5));
        }
        server.on("/device", Line.json(200, CODES.replace(":5}", ":'7'}")));
        assertThat(codes().interval()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void codes_that_cannot_be_used_are_refused() {
        server.on("/device", Line.json(200, CODES.replace("'expires_in':600,", "")));
        assertThatThrownBy(this::codes).hasMessageContaining("no usable expires_in");
        server.on("/device", Line.json(200, CODES.replace("http://localhost", "javascript:alert")));
        assertThatThrownBy(this::codes).hasMessageContaining("verification_uri is refused");
        server.on("/device", Line.error("invalid_client"));
        assertThatThrownBy(this::codes).hasMessage("told so");
        server.on("/device", Line.html(200));
        assertThatThrownBy(this::codes).hasMessageContaining("text/html instead of JSON");
    }

    @Test
    void a_poll_names_the_app_and_the_grant() throws Exception {
        server.on("/token", LINKED);
        decide();

        assertThat(server.asked("/token").getFirst().form())
                .containsOnly(
                        Map.entry("client_id", "tv"),
                        Map.entry("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                        Map.entry("device_code", "dev-secret"));
    }

    @Test
    void jitter_spreads_the_waits_but_never_shortens_the_interval() {
        Pace pace = Pace.starting(Duration.ofSeconds(5)).missed(Optional.empty());

        List<Duration> waits =
                new Random(1).ints(200).mapToObj(seed -> pace.wait(new Random(seed))).toList();
        assertThat(waits).allMatch(wait -> wait.toMillis() >= 7500 && wait.toMillis() <= 12500);
        assertThat(Set.copyOf(waits)).hasSizeGreaterThan(100);
    }

    private Answer decide() throws InterruptedException {
        return new PollLoop(client(), time, time, CliScene.middling()).decide(codes(), watcher());
    }

    private Codes codes() {
        return client().ask(Map.of());
    }

    private DeviceClient client() {
        Wire wire = new Wire(time);
        Endpoints endpoints = new Discovery(wire).of(TrustedUrl.parse(server.issuer()));
        return new DeviceClient(wire, endpoints, new ClientIdentity("tv", Optional.empty()), time);
    }

    private PollLoop.Watcher watcher() {
        return new PollLoop.Watcher() {
            @Override
            public void pending(Duration interval) {
                told.add("pending " + interval.toSeconds());
            }

            @Override
            public void slowedDown(Duration interval) {
                told.add("slow_down " + interval.toSeconds());
            }

            @Override
            public void retrying(String reason, Duration wait) {
                told.add("retrying " + wait.toSeconds());
            }
        };
    }
}
