package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.DevicePolicy;
import tandem.model.NetworkPolicy;
import tandem.oauth.GrantType;
import tandem.oauth.Scopes;

/// `POST /oauth/device/code`, [RFC 8628 §3.1 and
/// §3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.1).
@TestInstance(Lifecycle.PER_CLASS)
class DeviceEndpointTest {
    private static final String PATH = "/oauth/device/code";
    private static final String FORM = "application/x-www-form-urlencoded";

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
        tandem.changeClient("radio", c -> Changed.policy(c, p -> p));
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private Answer asks(String... parameters) {
        return tandem.http().post(PATH, parameters);
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.text("error_description"))
                .matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    }

    @Test
    void answers_the_request_of_the_rfc_with_all_six_members() {
        var answer = tandem.http().send(PATH, FORM, "client_id=tv&scope=openid%20offline_access");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "device_code",
                        "user_code",
                        "verification_uri",
                        "verification_uri_complete",
                        "expires_in",
                        "interval");
        assertThat(answer.text("device_code")).matches("[A-Za-z0-9_-]{43}");
        assertThat(answer.text("user_code"))
                .matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(answer.text("verification_uri")).isEqualTo(tandem.issuer() + "/activate");
        assertThat(answer.text("verification_uri_complete"))
                .isEqualTo(tandem.issuer() + "/activate?user_code=" + answer.text("user_code"));
        assertThat(answer.json().path("expires_in").isIntegralNumber()).isTrue();
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(600);
        assertThat(answer.json().path("interval").asInt()).isEqualTo(5);
    }

    @Test
    void draws_codes_that_share_nothing() {
        var userCodes = new HashSet<String>();
        var prefixes = new HashSet<String>();
        for (int i = 0; i < 300; i++) {
            var codes = asks("client_id", "tv");
            userCodes.add(codes.text("user_code"));
            prefixes.add(codes.text("device_code").substring(0, 7));
        }
        assertThat(userCodes).hasSize(300);
        assertThat(prefixes).hasSize(300);
    }

    @Test
    void counts_an_empty_scope_as_none() {
        assertThat(asks("client_id", "tv").status()).isEqualTo(200);
        assertThat(asks("client_id", "tv", "scope", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "OPENID",
                "read:library",
                "openid\"",
                "open\\id",
                "bell\u0007",
                "é"
            })
    void refuses_scopes_that_nobody_has(String scope) {
        assertRefused(asks("client_id", "tv", "scope", scope), 400, "invalid_scope");
    }

    @Test
    void refuses_scopes_outside_the_client_s_list_for_the_device_flow() {
        tandem.changeClient(
                "radio", c -> Changed.policy(c, p -> Changed.scopes(p, Scopes.of("profile"))));
        assertRefused(asks("client_id", "radio", "scope", "openid email"), 400, "invalid_scope");
        assertThat(asks("client_id", "radio", "scope", "openid profile").status()).isEqualTo(200);
        tandem.changeClient("radio", c -> Changed.policy(c, p -> DevicePolicy.STANDARD));
    }

    @ParameterizedTest
    @CsvSource({
        "scope=openid&scope=email&client_id=tv",
        "client_id=tv&client_id=tv",
        "client_id=tv&client_id=radio",
    })
    void refuses_what_is_given_twice(String form) {
        assertRefused(tandem.http().send(PATH, FORM, form), 400, "invalid_request");
    }

    @Test
    void takes_unknown_parameters_for_nothing_even_twice() {
        var form = "client_id=tv&foo=1&foo=2&response_type=token&state=x&redirect_uri=https://evil";
        assertThat(tandem.http().send(PATH, FORM, form).status()).isEqualTo(200);
        assertThat(tandem.http().send(PATH, FORM, "&&client_id=tv&==&").status()).isEqualTo(200);
    }

    @Test
    void refuses_unknown_disabled_and_unauthenticated_clients_alike() {
        var unknown = asks("client_id", "nobody");
        assertRefused(unknown, 401, "invalid_client");
        tandem.changeClient("radio", c -> Changed.enabled(c, false));
        var disabled = asks("client_id", "radio");
        tandem.changeClient("radio", c -> Changed.enabled(c, true));
        var wrong = tandem.http().basic("printer", "wrong").post(PATH);
        assertThat(disabled.body()).isEqualTo(unknown.body());
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate").orElse("")).startsWith("Basic");
        assertRefused(asks("client_id", "printer"), 401, "invalid_client");
        assertRefused(asks("client_id", "tv", "client_secret", "made-up"), 401, "invalid_client");
        assertRefused(asks(), 401, "invalid_client");
    }

    @Test
    void refuses_a_client_without_the_grant() {
        tandem.changeClient("radio", c -> Changed.grants(c, Set.of(GrantType.REFRESH_TOKEN)));
        assertRefused(asks("client_id", "radio"), 400, "unauthorized_client");
        tandem.changeClient(
                "radio",
                c -> Changed.grants(c, Set.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN)));
    }

    @Test
    void takes_credentials_as_real_clients_send_them() {
        var secret = TestTandem.SECRET;
        assertThat(tandem.http().basic("printer", secret).post(PATH).status()).isEqualTo(200);
        assertThat(asks("client_id", "printer", "client_secret", secret).status()).isEqualTo(200);
        assertThat(
                        tandem.http()
                                .basic("printer", secret)
                                .post(PATH, "client_id", "printer", "client_secret", secret)
                                .status())
                .as("the same in header and body")
                .isEqualTo(200);
        assertThat(tandem.http().basic("tv", "").post(PATH).status())
                .as("Basic of a public client")
                .isEqualTo(200);
        assertThat(asks("client_id", "tv", "client_secret", "").status()).isEqualTo(200);
    }

    @Test
    void refuses_credentials_that_contradict_each_other() {
        var http = tandem.http().basic("printer", TestTandem.SECRET);
        assertRefused(http.post(PATH, "client_id", "tv"), 400, "invalid_request");
        assertRefused(http.post(PATH, "client_secret", "other"), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic %%%", "Basic bm9jb2xvbg==", "Basic OnNlY3JldA==", "Basic"})
    void refuses_malformed_basic_headers(String header) {
        var answer = tandem.http().with("Authorization", header).post(PATH);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("invalid_client");
    }

    @Test
    void a_confidential_client_may_be_excused_here_and_only_here() {
        tandem.changeClient("printer", c -> Changed.policy(c, Changed::authenticationOptional));
        var codes = asks("client_id", "printer");
        assertThat(codes.status()).isEqualTo(200);
        var poll =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                GrantType.DEVICE_CODE.wire(),
                                "device_code",
                                codes.text("device_code"),
                                "client_id",
                                "printer");
        assertRefused(poll, 401, "invalid_client");
        tandem.changeClient("printer", c -> Changed.policy(c, p -> DevicePolicy.STANDARD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH"})
    void answers_other_methods_with_what_it_takes(String method) {
        var answer = tandem.http().method(method, PATH + "?client_id=tv");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("POST");
    }

    @Test
    void ignores_the_query() {
        assertRefused(tandem.http().post(PATH + "?client_id=tv"), 401, "invalid_client");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"client_id\":\"tv\"}'",
        "text/plain, client_id=tv",
        "multipart/form-data, client_id=tv",
        "application/x-www-form-urlencoded; charset=utf-16, client_id=tv",
        "application/x-www-form-urlencoded; charset=nonsense, client_id=tv",
        "application/x-www-form-urlencoded, client_id=%",
        "application/x-www-form-urlencoded, client_id=%4",
        "application/x-www-form-urlencoded, client_id=%zz",
        "application/x-www-form-urlencoded, client_id=%FF%FE",
        "application/x-www-form-urlencoded, client_id=tv&scope=%C0%AF",
    })
    void refuses_bodies_it_cannot_read(String contentType, String body) {
        assertRefused(tandem.http().send(PATH, contentType, body), 400, "invalid_request");
    }

    @Test
    void reads_the_content_type_whatever_its_case() {
        var answer =
                tandem.http()
                        .send(
                                PATH,
                                "Application/X-WWW-Form-Urlencoded ; Charset=\"UTF-8\"",
                                "client_id=tv");
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tv\u0000", "<script>", "\r\nSet-Cookie:x=1", "\u001b[31m"})
    void repeats_nothing_of_a_hostile_client_id(String id) {
        var answer = asks("client_id", id);
        assertRefused(answer, 401, "invalid_client");
        assertThat(answer.body()).doesNotContain("<script", "Set-Cookie", "\u001b", "[31m");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void refuses_a_very_long_client_id_without_repeating_it() {
        var answer = asks("client_id", "x".repeat(10_000));
        assertRefused(answer, 401, "invalid_client");
        assertThat(answer.body().length()).isLessThan(500);
    }

    @Test
    void refuses_an_api_that_nobody_registered() {
        assertRefused(
                asks("client_id", "tv", "audience", "https://other.example/"),
                400,
                "invalid_target");
    }

    @Test
    void takes_resource_for_audience() {
        var answer = asks("client_id", "tv", "resource", TestTandem.API, "scope", "read:library");
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth/device/code/",
                "/OAuth/Device/Code",
                "/oauth/./device/code",
                "/oauth//device/code",
                "/oauth/device/%63ode"
            })
    void has_one_path_and_no_second_spelling(String path) {
        assertThat(tandem.http().post(path, "client_id", "tv").status()).isEqualTo(404);
    }

    @Test
    void keeps_the_client_s_own_lifetime_and_interval() {
        tandem.changeClient(
                "radio",
                c ->
                        Changed.policy(
                                c,
                                p ->
                                        Changed.times(
                                                p, Duration.ofSeconds(60), Duration.ofSeconds(2))));
        var codes = asks("client_id", "radio");
        assertThat(codes.json().path("expires_in").asInt()).isEqualTo(60);
        assertThat(codes.json().path("interval").asInt()).isEqualTo(2);
        tandem.changeClient("radio", c -> Changed.policy(c, p -> DevicePolicy.STANDARD));
    }

    @Test
    void leaves_the_complete_uri_out_where_the_client_does_not_want_it() {
        tandem.changeClient("radio", c -> Changed.policy(c, Changed::withoutCompleteUri));
        var codes = asks("client_id", "radio");
        assertThat(codes.json().has("verification_uri_complete")).isFalse();
        assertThat(codes.json().has("verification_uri")).isTrue();
        tandem.changeClient("radio", c -> Changed.policy(c, p -> DevicePolicy.STANDARD));
    }

    @Test
    void refuses_devices_outside_the_client_s_networks() {
        var elsewhere = new NetworkPolicy(NetworkPolicy.Rule.BLOCKS, List.of("203.0.113.0/24"));
        tandem.changeClient("radio", c -> Changed.policy(c, p -> Changed.network(p, elsewhere)));
        assertRefused(asks("client_id", "radio"), 400, "unauthorized_client");
        tandem.changeClient("radio", c -> Changed.policy(c, p -> DevicePolicy.STANDARD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b>TV</b>",
                "a\u202Eb",
                "x\ny",
                "12345678901234567890123456789012345678901"
            })
    void refuses_names_a_device_should_not_have(String name) {
        assertRefused(asks("client_id", "tv", "device_name", name), 400, "invalid_request");
    }

    @Test
    void the_kill_switch_stops_new_codes() {
        Changed.deviceFlow(tandem, false);
        assertRefused(asks("client_id", "tv"), 400, "unauthorized_client");
        Changed.deviceFlow(tandem, true);
        assertThat(Optional.of(asks("client_id", "tv").status())).contains(200);
    }
}
