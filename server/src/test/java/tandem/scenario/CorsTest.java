package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages of other origins may read: [Fetch
/// §3.3](https://fetch.spec.whatwg.org/#http-cors-protocol).
@TestInstance(Lifecycle.PER_CLASS)
class CorsTest {
    private static final String TV = "https://tv.acme.example";
    private static final String RADIO = "http://localhost:3000";
    private static final String PRINTER = "https://printer.acme.example";
    private static final String DEVICE = "/oauth/device/code";
    private static final String TOKEN = "/oauth/token";

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.withLimits(folder);
        tandem.changeClient("tv", client -> Changed.origins(client, TV));
        tandem.changeClient("radio", client -> Changed.origins(client, RADIO));
        tandem.changeClient("printer", client -> Changed.origins(client, PRINTER));
    }

    /// Limits are in force, and the clock stands still.
    @BeforeEach
    void breathe() {
        tandem.clock().forward(Duration.ofSeconds(2));
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private Http from(String origin) {
        return tandem.http().with("Origin", origin);
    }

    private static Optional<String> allowed(Answer answer) {
        return answer.header("Access-Control-Allow-Origin");
    }

    private static void assertReadable(Answer answer, String origin) {
        assertThat(allowed(answer)).as(answer.body()).contains(origin);
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("DPoP-Nonce, Retry-After, WWW-Authenticate");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.header("Vary")).contains("Origin");
    }

    private static void assertUnreadable(Answer answer) {
        assertThat(answer.response().headers().map().keySet())
                .noneMatch(name -> name.startsWith("access-control-"));
        assertThat(answer.header("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server",
                "/.well-known/jwks.json"
            })
    void metadata_and_keys_are_for_everyone(String path) {
        for (var http : List.of(tandem.http(), from("https://anyone.example"), from("null"))) {
            var answer = http.get(path);
            assertThat(allowed(answer)).contains("*");
            assertThat(http.with("If-None-Match", answer.header("ETag").orElseThrow()).get(path))
                    .satisfies(held -> assertThat(held.status()).isEqualTo(304))
                    .satisfies(held -> assertThat(allowed(held)).contains("*"));
            assertThat(allowed(http.post(path))).as("a refusal").contains("*");
        }
        var preflight = from("https://anyone.example").method("OPTIONS", path);
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(allowed(preflight)).contains("*");
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("GET");
    }

    @Test
    void a_clients_own_page_reads_what_its_client_is_answered() {
        var codes = from(TV).post(DEVICE, "client_id", "tv", "scope", "openid offline_access");
        assertReadable(codes, TV);
        var device = new TestDevice(from(TV), tandem.clock(), "tv", codes);
        assertReadable(device.polls(), TV);
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens = device.polls();
        assertThat(tokens.status()).isEqualTo(200);
        assertReadable(tokens, TV);
        assertReadable(device.refreshes(), TV);
        var http = from(TV).bearer(tokens.text("access_token"));
        assertReadable(http.get("/userinfo"), TV);
        assertReadable(http.post("/userinfo"), TV);
        assertReadable(device.revokes(device.refreshToken()), TV);
        var after = http.get("/userinfo");
        assertThat(after.status()).isEqualTo(401);
        assertReadable(after, TV);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "*",
                RADIO,
                "HTTPS://tv.acme.example",
                "https://TV.acme.example",
                "https://tv.acme.example/",
                "https://tv.acme.example:443",
                "http://tv.acme.example",
                "https://tv.acme.example.evil.example",
                "https://evil.example/https://tv.acme.example",
                "https://eviltv.acme.example",
                "https://tv.acme.example https://evil.example"
            })
    void other_pages_read_nothing(String origin) {
        assertUnreadable(from(origin).post(TOKEN, "client_id", "tv"));
        assertUnreadable(from(origin).post(DEVICE, "client_id", "tv"));
        assertUnreadable(from(origin).post("/oauth/revoke", "client_id", "tv"));
    }

    @Test
    void who_sends_two_origins_or_none_reads_nothing() {
        assertUnreadable(from(TV).with("Origin", TV).post(TOKEN, "client_id", "tv"));
        assertUnreadable(tandem.http().post(TOKEN, "client_id", "tv"));
    }

    @Test
    void refusals_are_read_like_answers() {
        var http = from(TV);
        assertReadable(http.post(TOKEN, "client_id", "tv"), TV);
        assertReadable(http.post(TOKEN, "client_id", "tv", "grant_type", "password"), TV);
        assertReadable(http.post(DEVICE, "client_id", "tv", "scope", "\"", "scope", "x"), TV);
        assertReadable(http.post(DEVICE, "client_id", "tv", "client_secret", "made-up"), TV);
        assertUnreadable(http.post(TOKEN, "client_id", "nobody"));
        assertUnreadable(http.post(TOKEN));
        assertUnreadable(http.send(TOKEN, "application/json", "{\"client_id\":\"tv\"}"));
        assertUnreadable(http.get(TOKEN));
        var limited = http.post(DEVICE, "client_id", "tv");
        for (int i = 0; i < 20; i++) {
            limited = http.post(DEVICE, "client_id", "tv");
        }
        assertThat(limited.status()).isEqualTo(429);
        assertReadable(limited, TV);
    }

    @Test
    void a_client_is_known_by_its_credentials_too() {
        var http = from(PRINTER);
        assertReadable(http.basic("printer", TestTandem.SECRET).post(DEVICE), PRINTER);
        var wrong = http.basic("printer", "wrong").post(DEVICE);
        assertThat(wrong.header("WWW-Authenticate")).isPresent();
        assertReadable(wrong, PRINTER);
        assertUnreadable(from(TV).basic("printer", TestTandem.SECRET).post(DEVICE));
        var claims = "{\"iss\":\"printer\"}".getBytes(StandardCharsets.UTF_8);
        var assertion = "eyJhbGciOiJFUzI1NiJ9." + Base64.getUrlEncoder().encodeToString(claims);
        var asserted =
                http.post(
                        DEVICE,
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion.replace("=", "") + ".AAAA");
        assertThat(asserted.status()).isEqualTo(401);
        assertReadable(asserted, PRINTER);
    }

    @Test
    void a_disabled_client_has_no_pages() {
        tandem.changeClient("radio", client -> Changed.enabled(client, false));
        assertUnreadable(from(RADIO).post(TOKEN, "client_id", "radio"));
        assertUnreadable(from(RADIO).method("OPTIONS", TOKEN));
        tandem.changeClient("radio", client -> Changed.enabled(client, true));
        assertReadable(from(RADIO).post(TOKEN, "client_id", "radio"), RADIO);
    }

    @Test
    void userinfo_believes_no_token_that_it_has_not_verified() {
        var device = tandem.device("tv", "scope", "openid");
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens = device.polls();
        var token = tokens.text("access_token");
        assertReadable(from(TV).bearer(token).get("/userinfo"), TV);
        assertUnreadable(from(RADIO).bearer(token).get("/userinfo"));
        var parts = token.split("\\.", -1);
        assertUnreadable(from(TV).bearer(parts[0] + "." + parts[1] + ".AAAA").get("/userinfo"));
        assertUnreadable(from(TV).bearer("eyJhbGciOiJub25lIn0." + parts[1] + ".").get("/userinfo"));
        assertUnreadable(from(TV).bearer(tokens.text("id_token")).get("/userinfo"));
        assertUnreadable(from(TV).get("/userinfo"));
        assertUnreadable(from(TV).post("/userinfo", "client_id", "tv"));
    }

    @ParameterizedTest
    @CsvSource({
        "/oauth/device/code, POST",
        "/oauth/token, POST",
        "/oauth/revoke, POST",
        "/userinfo, 'GET, POST'"
    })
    void a_preflight_is_allowed_for_any_clients_page(String path, String methods) {
        for (var origin : List.of(TV, RADIO, PRINTER)) {
            var answer =
                    from(origin)
                            .with("Access-Control-Request-Method", "POST")
                            .with("Access-Control-Request-Headers", "dpop,content-type")
                            .method("OPTIONS", path);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
            assertThat(allowed(answer)).contains(origin);
            assertThat(answer.header("Access-Control-Allow-Methods")).contains(methods);
            assertThat(answer.header("Access-Control-Allow-Headers"))
                    .contains("Authorization, Content-Type, DPoP, Prefer");
            assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(answer.header("Vary")).contains("Origin");
        }
        for (var origin : List.of("null", "https://evil.example", TV + ".evil.example")) {
            var answer = from(origin).method("OPTIONS", path);
            assertThat(answer.status()).isEqualTo(204);
            assertUnreadable(answer);
        }
        assertUnreadable(tandem.http().method("OPTIONS", path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/activate",
                "/login",
                "/account",
                "/api/v2/clients",
                "/oauth/introspect",
                "/oauth/none",
                "/"
            })
    void pages_and_what_is_for_servers_are_shared_with_none(String path) {
        for (var answer :
                List.of(
                        from(TV).get(path),
                        from(TV).post(path, "client_id", "tv"),
                        from(TV).method("OPTIONS", path))) {
            assertThat(answer.response().headers().map().keySet())
                    .noneMatch(name -> name.startsWith("access-control-"));
        }
        assertThat(from(TV).method("OPTIONS", path).status()).isNotEqualTo(204);
    }
}
