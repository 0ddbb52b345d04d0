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
import tandem.model.ClientGrant;
import tandem.oauth.ClientId;
import tandem.oauth.GrantType;
import tandem.oauth.Scopes;

/// Asking whether a token counts: [RFC 7662](https://www.rfc-editor.org/rfc/rfc7662).
@TestInstance(Lifecycle.PER_CLASS)
class IntrospectionTest {
    private static final String PATH = "/oauth/introspect";
    private static final String INACTIVE = "{\"active\":false}";

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
        grant("printer", TestTandem.API, "read:library");
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private void grant(String client, String audience, String... scopes) {
        tandem.server()
                .store()
                .write(tx -> {
                    tx.registry()
                            .put(
                                    new ClientGrant(
                                            "cgr_" + client,
                                            new ClientId(client),
                                            audience,
                                            Scopes.of(scopes)));
                    return true;
                });
    }

    /// Asked by the device's own app, a public client.
    private Answer asked(String token) {
        return tandem.http().post(PATH, "token", token, "client_id", "tv");
    }

    /// Asked by the API the token is for.
    private Answer askedByTheApi(String token) {
        return tandem.http().basic("printer", TestTandem.SECRET).post(PATH, "token", token);
    }

    private static void assertActive(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("active").asBoolean(false)).as(answer.body()).isTrue();
    }

    private static void assertInactive(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(INACTIVE);
    }

    private static String accessToken(TestDevice device) {
        return device.refreshes().text("access_token");
    }

    @Test
    void a_live_access_token_says_what_it_is_good_for() {
        var tokens = tandem.linkedTelevision().refreshes();
        var claims = tokens.claims("access_token");
        var answer = asked(tokens.text("access_token"));
        assertActive(answer);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        for (var name :
                Set.of("scope", "client_id", "sub", "exp", "iat", "iss", "aud", "jti", "sid")) {
            assertThat(answer.json().get(name)).as(name).isEqualTo(claims.get(name));
        }
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.text("username")).isEqualTo(TestTandem.EMAIL);
        assertThat(answer.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "active",
                        "scope",
                        "client_id",
                        "sub",
                        "exp",
                        "iat",
                        "iss",
                        "aud",
                        "jti",
                        "sid",
                        "token_type",
                        "username");
    }

    @Test
    void the_person_has_no_name_without_scope_email() {
        var device = tandem.device("tv", "scope", "openid offline_access");
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens = device.polls();
        assertThat(asked(tokens.text("access_token")).json().has("username")).isFalse();
        assertThat(asked(tokens.text("refresh_token")).json().has("username")).isFalse();
    }

    @Test
    void a_live_refresh_token_is_known_to_its_own_client_alone() {
        var tv = tandem.linkedTelevision();
        var answer = asked(tv.refreshToken());
        assertActive(answer);
        assertThat(answer.text("client_id")).isEqualTo("tv");
        assertThat(answer.text("sub")).isEqualTo("usr_ada");
        assertThat(answer.text("scope")).contains("offline_access", "read:library");
        assertThat(answer.text("sid")).startsWith("lnk_");
        assertThat(answer.json().path("exp").asLong())
                .as("it idles out in 15 days")
                .isEqualTo(tandem.clock().instant().plus(Duration.ofDays(15)).getEpochSecond());
        assertThat(answer.json().has("token_type")).isFalse();
        assertInactive(askedByTheApi(tv.refreshToken()));
        assertThat(tv.refreshes().status()).as("asking changes nothing").isEqualTo(200);
    }

    @Test
    void a_rotated_refresh_token_counts_for_the_leeway_and_asking_does_no_harm() {
        var tv = tandem.linkedTelevision();
        var first = tv.refreshToken();
        tv.refreshes();
        tv.after(Duration.ofSeconds(60));
        assertActive(asked(first));
        tv.after(Duration.ofSeconds(1));
        assertInactive(asked(first));
        assertActive(asked(tv.refreshToken()));
        var second = tv.refreshToken();
        tv.refreshes();
        tv.refreshes();
        assertInactive(asked(second));
        assertThat(tv.refreshes().status()).as("the link lives on").isEqualTo(200);
    }

    @Test
    void an_api_asks_about_the_tokens_meant_for_it() {
        assertActive(askedByTheApi(accessToken(tandem.linkedTelevision())));
        var device = tandem.device("tv", "scope", "openid");
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertInactive(askedByTheApi(device.polls().text("access_token")));
    }

    @Test
    void a_stranger_learns_nothing() {
        var token = accessToken(tandem.linkedTelevision());
        assertInactive(tandem.http().post(PATH, "token", token, "client_id", "radio"));
        assertInactive(
                tandem.http()
                        .post(
                                PATH,
                                "token",
                                token,
                                "client_id",
                                "ops",
                                "client_secret",
                                TestTandem.SECRET));
        grant("radio", TestTandem.API, "read:library");
        assertInactive(tandem.http().post(PATH, "token", token, "client_id", "radio"));
    }

    @Test
    void no_client_is_a_refusal_and_so_is_a_wrong_secret() {
        var token = accessToken(tandem.linkedTelevision());
        for (var answer :
                new Answer[] {
                    tandem.http().post(PATH, "token", token),
                    tandem.http().post(PATH, "token", token, "client_id", "nobody"),
                    tandem.http().post(PATH, "token", token, "client_id", "printer"),
                    tandem.http().basic("printer", "wrong").post(PATH, "token", token),
                }) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.error()).isEqualTo("invalid_client");
        }
    }

    @Test
    void the_request_must_be_a_form_with_one_token() {
        var token = accessToken(tandem.linkedTelevision());
        var twice = tandem.http().post(PATH, "token", token, "token", token, "client_id", "tv");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.error()).isEqualTo("invalid_request");
        var missing = tandem.http().post(PATH + "?token=" + token, "client_id", "tv");
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.error()).isEqualTo("invalid_request");
        assertThat(tandem.http().get(PATH + "?client_id=tv&token=" + token).status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh_token", "access_token", "pumpkin"})
    void a_hint_is_a_hint(String hint) {
        var tv = tandem.linkedTelevision();
        for (var token : new String[] {accessToken(tv), tv.refreshToken()}) {
            assertActive(
                    tandem.http()
                            .post(
                                    PATH,
                                    "token",
                                    token,
                                    "token_type_hint",
                                    hint,
                                    "client_id",
                                    "tv"));
        }
    }

    @Test
    void what_is_no_such_token_is_inactive() {
        var device = tandem.television();
        assertInactive(asked(device.deviceCode()));
        assertInactive(asked(device.userCode()));
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens = device.polls();
        assertInactive(asked(tokens.text("id_token")));
        assertInactive(asked("unknown"));
        var token = tokens.text("access_token");
        var parts = token.split("\\.", -1);
        assertActive(asked(token));
        assertInactive(asked(token.substring(0, token.length() - 10)));
        assertInactive(
                asked(parts[0] + "." + parts[1] + "." + parts[2].replace(parts[2].charAt(9), '_')));
        assertInactive(asked("eyJhbGciOiJub25lIn0." + parts[1] + "."));
    }

    @Test
    void an_expired_access_token_is_inactive() {
        var token = accessToken(tandem.linkedTelevision());
        tandem.clock().forward(Duration.ofSeconds(3599));
        assertActive(askedByTheApi(token));
        tandem.clock().forward(Duration.ofSeconds(1));
        assertInactive(askedByTheApi(token));
    }

    @Test
    void after_unlinking_every_token_of_the_device_is_inactive_at_once() {
        var tv = tandem.linkedTelevision();
        var token = accessToken(tv);
        tv.revokes(tv.refreshToken());
        assertInactive(askedByTheApi(token));
        assertInactive(asked(token));
        assertInactive(asked(tv.refreshToken()));
    }

    @Test
    void a_blocked_persons_tokens_are_inactive_until_unblocked() {
        var tv = tandem.linkedTelevision();
        var token = accessToken(tv);
        tandem.saveAccount(tandem.ada().withBlocked(true, tandem.clock().instant()));
        assertInactive(askedByTheApi(token));
        assertInactive(asked(tv.refreshToken()));
        tandem.saveAccount(tandem.ada().withBlocked(false, tandem.clock().instant()));
        assertActive(askedByTheApi(token));
        assertActive(asked(tv.refreshToken()));
    }

    @Test
    void a_disabled_apps_tokens_are_inactive_and_itself_is_refused() {
        var token = accessToken(tandem.linkedTelevision());
        tandem.changeClient("tv", client -> Changed.enabled(client, false));
        assertInactive(askedByTheApi(token));
        assertThat(asked(token).status()).isEqualTo(401);
        tandem.changeClient("tv", client -> Changed.enabled(client, true));
        assertActive(askedByTheApi(token));
    }

    @Test
    void a_refresh_token_that_could_not_be_used_is_inactive() {
        var tv = tandem.linkedTelevision();
        tandem.changeClient("tv", client -> Changed.grants(client, Set.of(GrantType.DEVICE_CODE)));
        assertInactive(asked(tv.refreshToken()));
        tandem.changeClient(
                "tv",
                client ->
                        Changed.grants(
                                client, Set.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN)));
        assertActive(asked(tv.refreshToken()));
    }

    @Test
    void a_clients_own_token_counts_as_long_as_its_client_grant() {
        var audience = tandem.issuer() + "/api/v2/";
        var token =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "ops",
                                "client_secret",
                                TestTandem.SECRET,
                                "audience",
                                audience,
                                "scope",
                                "read:logs read:users")
                        .text("access_token");
        var ops = tandem.http().basic("ops", TestTandem.SECRET);
        var answer = ops.post(PATH, "token", token);
        assertActive(answer);
        assertThat(answer.text("sub")).isEqualTo("ops@clients");
        assertThat(answer.json().has("sid")).isFalse();
        grant("ops", audience, "read:logs");
        assertInactive(ops.post(PATH, "token", token));
        grant("ops", audience, "read:logs", "read:users");
        assertActive(ops.post(PATH, "token", token));
    }

    @Test
    void the_metadata_announces_it() {
        var metadata = tandem.http().get("/.well-known/oauth-authorization-server").json();
        assertThat(metadata.path("introspection_endpoint").asString())
                .isEqualTo(tandem.issuer() + PATH);
        assertThat(metadata.path("introspection_endpoint_auth_methods_supported"))
                .isEqualTo(metadata.path("token_endpoint_auth_methods_supported"));
    }
}
