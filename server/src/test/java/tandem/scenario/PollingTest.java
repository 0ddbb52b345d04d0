package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.DevicePolicy;
import tandem.oauth.GrantType;
import tandem.store.Links;
import tandem.store.Page;

/// `POST /oauth/token` with a device code, [RFC 8628 §3.4 and
/// §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.4).
@TestInstance(Lifecycle.PER_CLASS)
class PollingTest {
    private static final String PATH = "/oauth/token";
    private static final String GRANT = GrantType.DEVICE_CODE.wire();

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private void approves(TestDevice device) {
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.text("error_description"))
                .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    }

    @Test
    void reads_the_request_of_the_rfc_byte_for_byte() {
        var request =
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                        + "&device_code=GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS"
                        + "&client_id=tv";
        var answer = tandem.http().send(PATH, "application/x-www-form-urlencoded", request);
        assertRefused(answer, "invalid_grant");
    }

    @Test
    void is_pending_from_the_first_poll_at_once_to_the_decision() {
        var tv = tandem.television();
        assertRefused(tv.polls(), "authorization_pending");
        assertRefused(tv.after(seconds(6)).polls(), "authorization_pending");
    }

    @Test
    void widens_the_pace_for_good() {
        var tv = tandem.television();
        assertRefused(tv.polls(), "authorization_pending");
        var slow = tv.after(seconds(1)).polls();
        assertRefused(slow, "slow_down");
        assertThat(slow.json().path("interval").asInt()).isEqualTo(10);
        assertThat(slow.header("Retry-After")).contains("10");
        var slower = tv.after(seconds(6)).polls();
        assertRefused(slower, "slow_down");
        assertThat(slower.json().path("interval").asInt()).isEqualTo(15);
        assertRefused(tv.after(seconds(16)).polls(), "authorization_pending");
        assertRefused(tv.after(seconds(11)).polls(), "slow_down");
    }

    @Test
    void forgives_a_poll_at_exactly_the_interval() {
        var tv = tandem.television();
        for (int i = 0; i < 20; i++) {
            assertRefused(tv.polls(), "authorization_pending");
            tv.after(seconds(5));
        }
    }

    @Test
    void caps_the_interval_at_a_minute_and_answers_in_the_end() {
        var tv = tandem.television();
        tv.polls();
        for (int i = 0; i < 30; i++) {
            assertRefused(tv.after(seconds(0.05)).polls(), "slow_down");
        }
        assertThat(tv.polls().json().path("interval").asInt()).isEqualTo(60);
        assertRefused(tv.after(seconds(60)).polls(), "authorization_pending");
    }

    @Test
    void punishes_one_code_and_not_its_neighbour() {
        var rude = tandem.television();
        var polite = tandem.television();
        rude.polls();
        polite.polls();
        assertRefused(rude.after(seconds(1)).polls(), "slow_down");
        assertRefused(polite.after(seconds(4)).polls(), "authorization_pending");
    }

    @Test
    void never_withholds_an_approved_grant() {
        var tv = tandem.television();
        tv.polls();
        approves(tv);
        var tokens = tv.polls();
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.json().propertyNames())
                .contains("access_token", "token_type", "expires_in", "scope", "refresh_token")
                .contains("id_token");
        assertThat(tokens.header("Cache-Control")).contains("no-store");
    }

    @Test
    void redeems_once() {
        var tv = tandem.linkedTelevision();
        assertRefused(tv.polls(), "invalid_grant");
        assertThat(tv.refreshes().status()).as("the link lives on").isEqualTo(200);
    }

    @Test
    void two_polls_at_once_make_one_link() throws Exception {
        for (int round = 0; round < 25; round++) {
            var tv = tandem.television();
            approves(tv);
            long before = links();
            var answers = tv.pollsAtOnce(4);
            assertThat(answers).filteredOn(a -> a.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(a -> a.status() != 200)
                    .allSatisfy(a -> assertRefused(a, "invalid_grant"));
            assertThat(links() - before).isEqualTo(1);
        }
    }

    private long links() {
        return tandem.server()
                .store()
                .read(tx -> tx.links().countLive(Links.Filter.ALL, tandem.clock().instant()));
    }

    @Test
    void gives_another_client_s_code_to_nobody_and_burns_nothing() {
        var tv = tandem.television();
        approves(tv);
        var stranger =
                tandem.http()
                        .post(
                                PATH,
                                "grant_type",
                                GRANT,
                                "device_code",
                                tv.deviceCode(),
                                "client_id",
                                "radio");
        assertRefused(stranger, "invalid_grant");
        assertThat(tv.polls().status()).isEqualTo(200);
    }

    @Test
    void a_stranger_s_poll_neither_learns_nor_slows() {
        var tv = tandem.television();
        tv.polls();
        for (int i = 0; i < 3; i++) {
            assertRefused(
                    tandem.http()
                            .post(
                                    PATH,
                                    "grant_type",
                                    GRANT,
                                    "device_code",
                                    tv.deviceCode(),
                                    "client_id",
                                    "radio"),
                    "invalid_grant");
        }
        assertRefused(tv.after(seconds(5)).polls(), "authorization_pending");
    }

    @Test
    void tells_a_denial_at_the_very_next_poll() {
        var tv = tandem.television();
        tv.polls();
        tandem.browser().enters(tv.userCode()).declines();
        assertRefused(tv.polls(), "access_denied");
        assertRefused(tv.polls(), "access_denied");
    }

    @Test
    void tells_expiry_for_ten_minutes_and_then_forgets() {
        var tv = tandem.television();
        tv.polls();
        tv.after(seconds(601));
        assertRefused(tv.polls(), "expired_token");
        tandem.server().sweep();
        tv.after(seconds(600));
        tandem.server().sweep();
        assertRefused(tv.polls(), "expired_token");
        tv.after(seconds(3600));
        tandem.server().sweep();
        assertRefused(tv.polls(), "invalid_grant");
    }

    @Test
    void redeems_to_the_last_second() {
        var tv = tandem.television();
        tv.after(seconds(598));
        approves(tv);
        assertThat(tv.polls().status()).isEqualTo(200);
    }

    @Test
    void an_approval_that_was_not_fetched_in_time_expires() {
        var tv = tandem.television();
        approves(tv);
        assertRefused(tv.after(seconds(600)).polls(), "expired_token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=tv",
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=tv&device_code=",
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=tv&device_code=a&device_code=b",
                "grant_type=refresh_token&grant_type=refresh_token&client_id=tv",
                "client_id=tv&device_code=x",
                "grant_type=refresh_token&client_id=tv",
            })
    void refuses_incomplete_and_doubled_requests(String form) {
        assertRefused(
                tandem.http().send(PATH, "application/x-www-form-urlencoded", form),
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "foo",
                "device_code",
                "URN:IETF:PARAMS:OAUTH:GRANT-TYPE:DEVICE_CODE",
                "urn:ietf:params:oauth:grant-type:device_code "
            })
    void knows_grant_types_by_their_exact_names(String type) {
        assertRefused(
                tandem.http().post(PATH, "grant_type", type, "client_id", "tv"),
                "unsupported_grant_type");
    }

    @Test
    void takes_no_user_code_for_a_device_code() {
        var tv = tandem.television();
        assertRefused(
                tandem.http()
                        .post(
                                PATH,
                                "grant_type",
                                GRANT,
                                "device_code",
                                tv.userCode(),
                                "client_id",
                                "tv"),
                "invalid_grant");
    }

    @Test
    void demands_the_client_of_an_approved_code() {
        var tv = tandem.television();
        approves(tv);
        var anonymous =
                tandem.http().post(PATH, "grant_type", GRANT, "device_code", tv.deviceCode());
        assertRefused(anonymous, "invalid_client");
        assertThat(tv.polls().status()).isEqualTo(200);
    }

    @Test
    void a_wrong_secret_burns_nothing() {
        var codes = tandem.http().basic("printer", TestTandem.SECRET).post("/oauth/device/code");
        var printer = new TestDevice(tandem.http(), tandem.clock(), "printer", codes);
        approves(printer);
        var wrong =
                tandem.http()
                        .basic("printer", "wrong")
                        .post(PATH, "grant_type", GRANT, "device_code", printer.deviceCode());
        assertRefused(wrong, "invalid_client");
        assertThat(wrong.header("WWW-Authenticate").orElse("")).startsWith("Basic");
        var right =
                tandem.http()
                        .basic("printer", TestTandem.SECRET)
                        .post(PATH, "grant_type", GRANT, "device_code", printer.deviceCode());
        assertThat(right.status()).as(right.body()).isEqualTo(200);
    }

    @Test
    void looks_at_everything_anew_at_redemption() {
        var blocked = tandem.television();
        approves(blocked);
        tandem.saveAccount(tandem.ada().withBlocked(true, tandem.clock().instant()));
        assertRefused(blocked.polls(), "invalid_grant");
        tandem.saveAccount(tandem.ada().withBlocked(false, tandem.clock().instant()));
        assertThat(blocked.polls().status()).as("unblocked again").isEqualTo(200);

        var switchedOff = tandem.television();
        approves(switchedOff);
        tandem.changeClient("tv", c -> Changed.enabled(c, false));
        assertRefused(switchedOff.polls(), "invalid_client");
        tandem.changeClient("tv", c -> Changed.enabled(c, true));

        tandem.changeClient("tv", c -> Changed.grants(c, Set.of(GrantType.REFRESH_TOKEN)));
        assertRefused(switchedOff.polls(), "unauthorized_client");
        tandem.changeClient(
                "tv",
                c -> Changed.grants(c, Set.of(GrantType.REFRESH_TOKEN, GrantType.DEVICE_CODE)));
        assertThat(switchedOff.polls().status()).isEqualTo(200);
    }

    @Test
    void the_kill_switch_stops_pending_and_approved_codes() {
        var pending = tandem.television();
        var approved = tandem.television();
        approves(approved);
        Changed.deviceFlow(tandem, false);
        assertRefused(pending.polls(), "access_denied");
        assertRefused(approved.polls(), "access_denied");
        Changed.deviceFlow(tandem, true);
        assertRefused(pending.polls(), "authorization_pending");
    }

    @Test
    void pending_codes_outlive_a_restart() {
        var pending = tandem.television();
        var approved = tandem.television();
        approves(approved);
        tandem.restarts();
        assertRefused(pending.polls(), "authorization_pending");
        assertThat(approved.polls().status()).isEqualTo(200);
    }

    @Test
    void takes_a_scope_on_polls_for_nothing() {
        var tv = tandem.device("tv", "scope", "openid");
        approves(tv);
        var tokens =
                tandem.http()
                        .post(
                                PATH,
                                "grant_type",
                                GRANT,
                                "device_code",
                                tv.deviceCode(),
                                "client_id",
                                "tv",
                                "scope",
                                "openid profile email");
        assertThat(tokens.text("scope")).isEqualTo("openid");
    }

    @Test
    void gives_no_refresh_token_to_a_client_that_may_not_refresh() {
        tandem.changeClient("radio", c -> Changed.grants(c, Set.of(GrantType.DEVICE_CODE)));
        var radio = tandem.device("radio", "scope", "openid offline_access");
        approves(radio);
        var tokens = radio.polls();
        assertThat(tokens.json().has("refresh_token")).isFalse();
        assertThat(tokens.text("scope")).isEqualTo("openid");
        tandem.changeClient(
                "radio",
                c -> Changed.grants(c, Set.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN)));
    }

    @Test
    void ends_the_oldest_link_where_a_person_would_have_too_many() {
        tandem.changeClient("radio", c -> Changed.policy(c, p -> Changed.linksMax(p, 2)));
        var first = tandem.device("radio", "scope", "openid offline_access");
        approves(first);
        first.polls();
        for (int i = 0; i < 2; i++) {
            var next = tandem.device("radio", "scope", "openid offline_access").after(seconds(60));
            approves(next);
            assertThat(next.polls().status()).isEqualTo(200);
        }
        var bob = tandem.ada().userId();
        var live =
                tandem.server()
                        .store()
                        .read(tx ->
                                tx.links()
                                        .live(
                                                Links.Filter.ALL
                                                        .user(bob)
                                                        .client(new tandem.oauth.ClientId("radio")),
                                                tandem.clock().instant(),
                                                new Page(0, 10)));
        assertThat(live).hasSize(2);
        assertRefused(first.refreshes(), "invalid_grant");
        tandem.changeClient("radio", c -> Changed.policy(c, p -> DevicePolicy.STANDARD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE"})
    void answers_other_methods_with_what_it_takes(String method) {
        var answer = tandem.http().method(method, PATH);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST");
    }
}
