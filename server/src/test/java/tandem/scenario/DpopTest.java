package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens bound to a device's key: [RFC 9449](https://www.rfc-editor.org/rfc/rfc9449).
@TestInstance(Lifecycle.PER_CLASS)
class DpopTest {
    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private TestDevice approved(String... parameters) {
        var all = Stream.concat(Stream.of("scope", "openid offline_access"), Stream.of(parameters));
        var tv = tandem.device("tv", all.toArray(String[]::new));
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        return tv;
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "PS256", "EdDSA"})
    void a_proof_at_redemption_binds_the_tokens(String algorithm) {
        var key = DeviceKey.of(tandem, algorithm);
        var answer = key.redeems(approved(), "tv");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        var bound = answer.claims("access_token").path("cnf").path("jkt").asString();
        assertThat(bound).hasSize(43);
        if (algorithm.equals("ES256")) {
            assertThat(bound).isEqualTo(key.thumbprint());
        }
    }

    @Test
    void without_a_proof_tokens_stay_bearer_tokens() {
        var answer = approved().polls();
        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.claims("access_token").has("cnf")).isFalse();
    }

    @Test
    void a_bound_refresh_token_is_worth_nothing_without_its_key() {
        var key = DeviceKey.of(tandem, "ES256");
        var tv = approved();
        var token = key.redeems(tv, "tv").text("refresh_token");
        assertRefused(tv.refreshesWith(token), "invalid_dpop_proof");
        assertRefused(DeviceKey.of(tandem, "ES256").refreshes(token), "invalid_grant");
        var refreshed = key.refreshes(token);
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.text("token_type")).isEqualTo("DPoP");
        assertThat(refreshed.claims("access_token").path("cnf").path("jkt").asString())
                .isEqualTo(key.thumbprint());
    }

    @Test
    void a_client_with_a_secret_may_change_its_key() {
        String[] secret = {"client_secret", TestTandem.SECRET};
        var printer = tandem.device("printer", "scope", "offline_access", secret[0], secret[1]);
        tandem.browser().approves(printer, TestTandem.EMAIL, TestTandem.PASSWORD);
        var redemption =
                Stream.of(DeviceKey.redemption(printer, "printer"), secret).flatMap(Stream::of);
        var token =
                DeviceKey.of(tandem, "ES256")
                        .posts("/oauth/token", redemption.toArray(String[]::new))
                        .text("refresh_token");
        var other = DeviceKey.of(tandem, "ES256");
        var refreshed =
                other.posts(
                        "/oauth/token",
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        token,
                        "client_id",
                        "printer",
                        secret[0],
                        secret[1]);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.claims("access_token").path("cnf").path("jkt").asString())
                .isEqualTo(other.thumbprint());
    }

    @Test
    void a_key_proved_at_the_device_endpoint_binds_the_codes() {
        var key = DeviceKey.of(tandem, "ES256");
        var codes = key.posts("/oauth/device/code", "client_id", "tv");
        assertThat(codes.status()).isEqualTo(200);
        assertOnlyTheKeyRedeems(key, new TestDevice(tandem.http(), tandem.clock(), "tv", codes));
    }

    @Test
    void a_key_named_at_the_device_endpoint_binds_the_codes() {
        var key = DeviceKey.of(tandem, "ES256");
        assertOnlyTheKeyRedeems(key, tandem.device("tv", "dpop_jkt", key.thumbprint()));
    }

    private void assertOnlyTheKeyRedeems(DeviceKey key, TestDevice tv) {
        assertRefused(tv.polls(), "authorization_pending");
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertRefused(tv.polls(), "invalid_dpop_proof");
        assertRefused(DeviceKey.of(tandem, "ES256").redeems(tv, "tv"), "invalid_grant");
        assertThat(key.redeems(tv, "tv").status()).as("and nothing is lost").isEqualTo(200);
    }

    @Test
    void a_name_and_a_proof_of_different_keys_are_refused() {
        var key = DeviceKey.of(tandem, "ES256");
        var other = DeviceKey.of(tandem, "ES256").thumbprint();
        assertRefused(
                key.posts("/oauth/device/code", "client_id", "tv", "dpop_jkt", other),
                "invalid_dpop_proof");
        assertRefused(
                tandem.http().post("/oauth/device/code", "client_id", "tv", "dpop_jkt", "short"),
                "invalid_request");
    }

    @Test
    void a_proof_without_a_nonce_of_ours_is_told_one() {
        var key = DeviceKey.of(tandem, "ES256");
        var tv = approved();
        for (var nonce : new String[] {"", "made-up", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
            var proof = key.proof(key.claims("POST", "/oauth/token", nonce));
            var answer = key.postsWith(proof, "/oauth/token", DeviceKey.redemption(tv, "tv"));
            assertRefused(answer, "use_dpop_nonce");
            assertThat(answer.header("DPoP-Nonce")).isPresent();
        }
        assertThat(key.redeems(tv, "tv").status()).isEqualTo(200);
    }

    @Test
    void userinfo_asks_for_a_nonce_too() {
        var key = DeviceKey.of(tandem, "ES256");
        var token = key.redeems(approved(), "tv").text("access_token");
        var claims = key.claims("GET", "/userinfo", "made-up");
        claims.put("ath", DeviceKey.sha256(token));
        var answer = presents(token, key.proof(claims));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate").orElse(""))
                .startsWith("DPoP ")
                .contains("error=\"use_dpop_nonce\"");

        claims.put("nonce", answer.header("DPoP-Nonce").orElseThrow());
        assertThat(presents(token, key.proof(claims)).status()).isEqualTo(200);
    }

    private Answer presents(String token, String proof) {
        return tandem.http()
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof)
                .get("/userinfo");
    }

    @Test
    void no_answer_has_two_nonces() {
        var key = DeviceKey.of(tandem, "ES256");
        var proof = key.proof(key.claims("POST", "/oauth/token", "made-up"));
        var tokens = key.redeems(approved(), "tv");
        for (var answer :
                List.of(
                        tokens,
                        key.postsWith(proof, "/oauth/token", "client_id", "tv"),
                        presents(tokens.text("access_token"), "x"))) {
            assertThat(answer.response().headers().allValues("DPoP-Nonce")).hasSize(1);
        }
    }

    @Test
    void the_metadata_names_the_algorithms() {
        var metadata = tandem.http().get("/.well-known/oauth-authorization-server").json();
        assertThat(
                        metadata.path("dpop_signing_alg_values_supported")
                                .valueStream()
                                .map(alg -> alg.asString()))
                .containsExactly("RS256", "PS256", "ES256", "EdDSA");
    }

    @Test
    void a_nonce_is_good_for_some_minutes_and_on_every_answer_is_a_fresh_one() {
        var key = DeviceKey.of(tandem, "ES256");
        var tv = approved();
        var old = key.nonce();
        tandem.clock().forward(Duration.ofMinutes(4));
        var proof = key.proof(key.claims("POST", "/oauth/token", old));
        assertRefused(
                key.postsWith(proof, "/oauth/token", DeviceKey.redemption(tv, "tv")),
                "use_dpop_nonce");
        var good = key.redeems(tv, "tv");
        assertThat(good.status()).isEqualTo(200);
        assertThat(good.header("DPoP-Nonce")).isPresent();
    }

    @Test
    void a_proof_is_taken_once() {
        var key = DeviceKey.of(tandem, "ES256");
        var first = approved();
        var second = approved();
        var proof = key.proof("POST", "/oauth/token");
        var answer = key.postsWith(proof, "/oauth/token", DeviceKey.redemption(first, "tv"));
        assertThat(answer.status()).isEqualTo(200);
        assertRefused(
                key.postsWith(proof, "/oauth/token", DeviceKey.redemption(second, "tv")),
                "invalid_dpop_proof");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("another method", (header, claims) -> claims.put("htm", "GET")),
                wrong("another path", (header, claims) -> claims.merge("htu", "/x", DpopTest::and)),
                wrong("another host", (h, claims) -> claims.put("htu", "https://x/oauth/token")),
                wrong("no url", (header, claims) -> claims.put("htu", "::")),
                wrong("no id", (header, claims) -> claims.remove("jti")),
                wrong("no time", (header, claims) -> claims.remove("iat")),
                wrong("long ago", (header, claims) -> claims.put("iat", 1_000_000)),
                wrong("another type", (header, claims) -> header.put("typ", "JWT")),
                wrong("no type", (header, claims) -> header.remove("typ")),
                wrong("no key", (header, claims) -> header.remove("jwk")),
                wrong("no algorithm", (header, claims) -> header.put("alg", "none")),
                wrong("a shared secret", (header, claims) -> header.put("alg", "HS256")),
                wrong("a private key", (header, claims) -> header.compute("jwk", DpopTest::withD)),
                wrong(
                        "somebody else's key",
                        (header, claims) ->
                                header.put("jwk", Map.of("kty", "EC", "crv", "P-256"))));
    }

    private static Arguments wrong(
            String what, BiConsumer<Map<String, Object>, Map<String, Object>> change) {
        return Arguments.of(what, change);
    }

    private static Object and(Object before, Object more) {
        return before.toString() + more;
    }

    private static Object withD(String name, Object jwk) {
        var changed = new HashMap<Object, Object>((Map<?, ?>) jwk);
        changed.put("d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        return changed;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void a_proof_that_is_not_for_this_request_is_refused(
            String what, BiConsumer<Map<String, Object>, Map<String, Object>> change) {
        var key = DeviceKey.of(tandem, "ES256");
        var header = key.header();
        var claims = key.claims("POST", "/oauth/device/code", key.nonce());
        change.accept(header, claims);
        var proof = key.key().signs(header, claims);
        assertRefused(
                key.postsWith(proof, "/oauth/device/code", "client_id", "tv"),
                "invalid_dpop_proof");
    }

    @Test
    void query_and_default_spelling_of_the_url_do_not_matter() {
        var key = DeviceKey.of(tandem, "ES256");
        var claims = key.claims("POST", "/oauth/device/code", key.nonce());
        claims.put(
                "htu",
                tandem.issuer().replace("http://local", "HTTP://LOCAL")
                        + "/oauth/device/code?x=1#y");
        var answer = key.postsWith(key.proof(claims), "/oauth/device/code", "client_id", "tv");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void two_proofs_or_none_that_can_be_read_are_refused() {
        var key = DeviceKey.of(tandem, "ES256");
        var one = key.proof("POST", "/oauth/device/code");
        var two = tandem.http().with("DPoP", one).with("DPoP", one);
        assertRefused(two.post("/oauth/device/code", "client_id", "tv"), "invalid_dpop_proof");
        for (var junk : new String[] {"x", "a.b.c", "..", "e30.e30.e30"}) {
            assertRefused(
                    key.postsWith(junk, "/oauth/device/code", "client_id", "tv"),
                    "invalid_dpop_proof");
        }
    }

    @Test
    void a_client_may_be_made_to_bind_its_tokens() {
        tandem.changeClient("tv", c -> Changed.policy(c, p -> Changed.dpopRequired(p, true)));
        try {
            var tv = approved();
            assertRefused(tv.polls(), "invalid_dpop_proof");
            assertThat(DeviceKey.of(tandem, "ES256").redeems(tv, "tv").status()).isEqualTo(200);
        } finally {
            tandem.changeClient("tv", c -> Changed.policy(c, p -> Changed.dpopRequired(p, false)));
        }
    }

    @Test
    void userinfo_takes_a_bound_token_with_its_proof_alone() {
        var key = DeviceKey.of(tandem, "ES256");
        var token = key.redeems(approved(), "tv").text("access_token");
        assertThat(key.gets("/userinfo", token).text("sub")).isEqualTo("usr_ada");
        var asBearer = tandem.http().bearer(token).get("/userinfo");
        assertThat(asBearer.status()).isEqualTo(401);
        assertThat(asBearer.header("WWW-Authenticate").orElse("")).contains("invalid_token");
        var unproven = tandem.http().with("Authorization", "DPoP " + token).get("/userinfo");
        assertThat(unproven.status()).isEqualTo(401);
        assertThat(unproven.header("WWW-Authenticate").orElse(""))
                .startsWith("DPoP ")
                .contains("invalid_dpop_proof", "algs=");
        var others = DeviceKey.of(tandem, "ES256").gets("/userinfo", token);
        assertThat(others.status()).isEqualTo(401);
        assertThat(others.error()).isEqualTo("invalid_token");
    }

    @Test
    void a_proof_for_another_token_does_not_open_userinfo() {
        var key = DeviceKey.of(tandem, "ES256");
        var token = key.redeems(approved(), "tv").text("access_token");
        var claims = key.claims("GET", "/userinfo", key.nonce());
        claims.put("ath", DeviceKey.sha256("another"));
        var answer =
                tandem.http()
                        .with("Authorization", "DPoP " + token)
                        .with("DPoP", key.proof(claims))
                        .get("/userinfo");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void an_unbound_token_is_no_dpop_token() {
        var token = approved().polls().text("access_token");
        var answer = DeviceKey.of(tandem, "ES256").gets("/userinfo", token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("invalid_token");
    }

    @Test
    void introspection_tells_the_key() {
        var key = DeviceKey.of(tandem, "ES256");
        var token = key.redeems(approved(), "tv").text("access_token");
        var told = tandem.http().post("/oauth/introspect", "token", token, "client_id", "tv");
        assertThat(told.text("token_type")).isEqualTo("DPoP");
        assertThat(told.json().path("cnf").path("jkt").asString()).isEqualTo(key.thumbprint());
    }

    @Test
    void a_client_that_acts_for_itself_may_bind_its_token_too() {
        var key = DeviceKey.of(tandem, "ES256");
        var answer =
                key.posts(
                        "/oauth/token",
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "ops",
                        "client_secret",
                        TestTandem.SECRET,
                        "audience",
                        tandem.issuer() + "/api/v2/",
                        "scope",
                        "read:users");
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        var token = answer.text("access_token");
        assertThat(tandem.http().bearer(token).get("/api/v2/users").status()).isEqualTo(401);
        assertThat(key.gets("/api/v2/users", token).status()).isEqualTo(200);
    }
}
