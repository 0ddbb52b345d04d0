package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.Api;
import tandem.model.SigningAlgorithm;
import tandem.model.TokenDialect;

/// What tokens say, the metadata, the keys and `/userinfo`.
@TestInstance(Lifecycle.PER_CLASS)
class TokensTest {
    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private Answer linked(String... parameters) {
        var device = tandem.device("tv", parameters);
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        return device.polls();
    }

    private void changeApi(SigningAlgorithm algorithm, TokenDialect dialect) {
        tandem.server()
                .store()
                .write(tx -> {
                    var api = tx.registered().api(TestTandem.API).orElseThrow();
                    tx.registry()
                            .put(
                                    new Api(
                                            api.identifier(),
                                            api.name(),
                                            api.scopes(),
                                            api.tokenLifetime(),
                                            true,
                                            algorithm,
                                            dialect));
                    return true;
                });
    }

    @Test
    void an_access_token_says_what_rfc_9068_wants() {
        changeApi(SigningAlgorithm.RS256, TokenDialect.ACCESS_TOKEN);
        var tokens = linked("scope", "openid read:library", "audience", TestTandem.API);
        var claims = tokens.claims("access_token");
        assertThat(claims.path("iss").asString()).isEqualTo(tandem.issuer());
        assertThat(claims.path("sub").asString()).isEqualTo("usr_ada");
        assertThat(claims.path("aud").valueStream().map(a -> a.asString()).toList())
                .containsExactly(TestTandem.API, tandem.issuer() + "/userinfo");
        assertThat(claims.path("client_id").asString()).isEqualTo("tv");
        assertThat(claims.path("azp").asString()).isEqualTo("tv");
        assertThat(claims.path("scope").asString()).isEqualTo(tokens.text("scope"));
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong())
                .isEqualTo(tokens.json().path("expires_in").asLong());
        assertThat(claims.has("email") || claims.has("name")).isFalse();
        assertThat(claims.path("amr").path(0).asString()).isEqualTo("pwd");
    }

    @Test
    void an_id_token_belongs_to_the_client_and_to_its_access_token() throws Exception {
        var device = tandem.device("tv", "scope", "openid profile email");
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var signedInAt = tandem.clock().instant().getEpochSecond();
        var tokens = device.after(Duration.ofSeconds(30)).polls();
        var claims = tokens.claims("id_token");
        assertThat(claims.path("aud").asString()).isEqualTo("tv");
        assertThat(claims.path("auth_time").asLong()).isEqualTo(signedInAt);
        assertThat(claims.path("email").asString()).isEqualTo(TestTandem.EMAIL);
        assertThat(claims.path("name").asString()).isEqualTo("Ada Lovelace");
        assertThat(claims.has("nonce")).isFalse();
        var digest =
                MessageDigest.getInstance("SHA-256")
                        .digest(tokens.text("access_token").getBytes(StandardCharsets.US_ASCII));
        assertThat(claims.path("at_hash").asString())
                .isEqualTo(
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Arrays.copyOf(digest, 16)));
    }

    @Test
    void without_openid_there_is_no_id_token_and_no_userinfo() {
        var tokens = linked("scope", "read:library", "audience", TestTandem.API);
        assertThat(tokens.json().has("id_token")).isFalse();
        assertThat(tokens.claims("access_token").path("aud").asString()).isEqualTo(TestTandem.API);
        var answer = tandem.http().bearer(tokens.text("access_token")).get("/userinfo");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("WWW-Authenticate").orElse("")).contains("insufficient_scope");
    }

    @Test
    void how_somebody_signed_in_stays_as_it_was_however_often_the_token_is_renewed() {
        var device = tandem.device("tv", "scope", "openid offline_access");
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var signedInAt = tandem.clock().instant().getEpochSecond();
        var first = device.polls().claims("access_token");
        assertThat(first.path("auth_time").asLong()).isEqualTo(signedInAt);
        assertThat(first.path("acr").asString()).isNotEmpty();

        var renewed = device.after(Duration.ofHours(1)).refreshes().claims("access_token");
        assertThat(renewed.path("iat")).isNotEqualTo(first.path("iat"));
        for (var claim : List.of("auth_time", "acr", "amr")) {
            assertThat(renewed.path(claim)).as(claim).isEqualTo(first.path(claim));
        }
    }

    @Test
    void no_cache_keeps_an_answer_that_holds_a_secret() {
        var device = tandem.television();
        var pending = device.polls();
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens = device.polls();
        var token = tokens.text("access_token");
        for (var answer :
                List.of(
                        device.codes(),
                        pending,
                        tokens,
                        device.refreshes(),
                        tandem.http().post("/oauth/introspect", "token", token, "client_id", "tv"),
                        tandem.http().bearer(token).get("/userinfo"))) {
            assertThat(answer.header("Cache-Control")).as(answer.body()).contains("no-store");
            assertThat(answer.header("Pragma")).as(answer.body()).contains("no-cache");
        }
    }

    /// `docs/rfc-coverage.md` says how long what is issued can be.
    @Test
    void what_is_issued_is_as_long_as_is_said() {
        var device = tandem.television();
        assertThat(device.deviceCode()).hasSize(43);
        assertThat(device.userCode()).hasSize(9);
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens = device.polls();
        assertThat(tokens.text("refresh_token")).hasSize(95);
        assertThat(tokens.text("access_token")).hasSizeLessThan(2_000);
        assertThat(tokens.text("id_token")).hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void every_algorithm_verifies_by_the_published_keys(SigningAlgorithm algorithm)
            throws Exception {
        changeApi(algorithm, TokenDialect.RFC9068_PROFILE);
        var tokens = linked("scope", "openid read:library", "audience", TestTandem.API);
        var jwt = SignedJWT.parse(tokens.text("access_token"));
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.wire());
        assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
        var keys = JWKSet.parse(tandem.http().get("/.well-known/jwks.json").body());
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
        if (jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.EdDSA)) {
            var encoded = Base64.getDecoder().decode("MCowBQYDK2VwAyEA");
            var raw = key.toOctetKeyPair().getDecodedX();
            var x509 = Arrays.copyOf(encoded, encoded.length + raw.length);
            System.arraycopy(raw, 0, x509, encoded.length, raw.length);
            var verifier = java.security.Signature.getInstance("Ed25519");
            verifier.initVerify(
                    java.security.KeyFactory.getInstance("Ed25519")
                            .generatePublic(new java.security.spec.X509EncodedKeySpec(x509)));
            verifier.update(jwt.getSigningInput());
            assertThat(verifier.verify(jwt.getSignature().decode())).isTrue();
        } else {
            JWSVerifier verifier =
                    algorithm == SigningAlgorithm.RS256
                            ? new RSASSAVerifier(key.toRSAKey())
                            : new ECDSAVerifier(key.toECKey());
            assertThat(jwt.verify(verifier)).isTrue();
        }
        assertThat(tandem.http().bearer(tokens.text("access_token")).get("/userinfo").status())
                .isEqualTo(200);
        changeApi(SigningAlgorithm.RS256, TokenDialect.ACCESS_TOKEN);
    }

    @Test
    void no_two_tokens_share_an_id() {
        var tv = tandem.linkedTelevision();
        var ids = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            ids.add(tv.refreshes().claims("access_token").path("jti").asString());
        }
        assertThat(ids).hasSize(50);
    }

    @Test
    void the_published_keys_hold_nothing_private_and_stay_over_a_restart() {
        var answer = tandem.http().get("/.well-known/jwks.json");
        var kids = new ArrayList<String>();
        for (var key : answer.json().path("keys").valueStream().toList()) {
            kids.add(key.path("kid").asString());
            assertThat(key.propertyNames())
                    .doesNotContain("d", "p", "q", "dp", "dq", "qi", "k")
                    .contains("use", "alg");
        }
        assertThat(kids).doesNotHaveDuplicates().hasSize(6);
        assertThat(answer.header("Cache-Control").orElse("")).contains("max-age=300");
        tandem.restarts();
        var after = tandem.http().get("/.well-known/jwks.json");
        assertThat(after.json().path("keys").valueStream().map(k -> k.path("kid").asString()))
                .containsExactlyInAnyOrderElementsOf(kids);
    }

    @Test
    void both_metadata_documents_say_the_same_and_no_lie() {
        var document = tandem.http().get("/.well-known/openid-configuration");
        assertThat(document.body())
                .isEqualTo(tandem.http().get("/.well-known/oauth-authorization-server").body());
        var json = document.json();
        assertThat(json.path("issuer").asString()).isEqualTo(tandem.issuer());
        assertThat(json.path("grant_types_supported").valueStream().map(g -> g.asString()))
                .contains("urn:ietf:params:oauth:grant-type:device_code", "refresh_token");
        for (var name :
                List.of(
                        "device_authorization_endpoint",
                        "token_endpoint",
                        "userinfo_endpoint",
                        "jwks_uri",
                        "revocation_endpoint")) {
            var uri = json.path(name).asString();
            assertThat(uri).as(name).startsWith(tandem.issuer() + "/");
            var path = uri.substring(tandem.issuer().length());
            assertThat(tandem.http().get(path).status()).as(name).isNotEqualTo(404);
        }
        for (var scope : json.path("scopes_supported").valueStream().toList()) {
            assertThat(tandem.device("tv", "scope", scope.asString()).codes().status())
                    .isEqualTo(200);
        }
        assertThat(json.has("authorization_endpoint")).isFalse();
        assertThat(json.path("response_types_supported").isEmpty()).isTrue();
        assertThat(document.header("Access-Control-Allow-Origin")).contains("*");
        var etag = document.header("ETag").orElseThrow();
        assertThat(
                        tandem.http()
                                .with("If-None-Match", etag)
                                .get("/.well-known/openid-configuration")
                                .status())
                .isEqualTo(304);
        assertThat(tandem.http().post("/.well-known/openid-configuration").status()).isEqualTo(405);
    }

    @Test
    void userinfo_answers_by_get_and_by_post_what_the_scopes_say() {
        var token = linked("scope", "openid").text("access_token");
        var http = tandem.http().bearer(token);
        assertThat(http.get("/userinfo").json().propertyNames()).containsExactly("sub");
        assertThat(http.post("/userinfo").text("sub")).isEqualTo("usr_ada");
        var wide = linked("scope", "openid profile email").text("access_token");
        assertThat(tandem.http().bearer(wide).get("/userinfo").json().propertyNames())
                .contains("name", "email", "email_verified");
    }

    @Test
    void userinfo_without_credentials_names_the_scheme_and_no_error() {
        var answer = tandem.http().get("/userinfo");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate").orElse(""))
                .startsWith("Bearer")
                .doesNotContain("error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfYWRhIn0.",
                "a.b.c",
            })
    void userinfo_refuses_other_tokens(String token) {
        var answer = tandem.http().bearer(token).get("/userinfo");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate").orElse("")).contains("invalid_token");
    }

    @Test
    void userinfo_takes_the_token_from_the_header_alone() {
        var tokens = linked("scope", "openid");
        var token = tokens.text("access_token");
        assertThat(tandem.http().get("/userinfo?access_token=" + token).status()).isEqualTo(400);
        assertThat(tandem.http().bearer(token).post("/userinfo", "access_token", token).status())
                .isEqualTo(400);
        assertThat(tandem.http().with("Authorization", "bearer " + token).get("/userinfo").status())
                .isEqualTo(200);
        assertThat(
                        tandem.http()
                                .with("Authorization", "Bearer  " + token)
                                .get("/userinfo")
                                .status())
                .isEqualTo(400);
        assertThat(tandem.http().bearer(tokens.text("id_token")).get("/userinfo").status())
                .as("an ID token is no access token")
                .isEqualTo(401);
    }

    @Test
    void userinfo_refuses_expired_tokens_and_blocked_people() {
        var token = linked("scope", "openid").text("access_token");
        tandem.saveAccount(tandem.ada().withBlocked(true, tandem.clock().instant()));
        assertThat(tandem.http().bearer(token).get("/userinfo").status()).isEqualTo(401);
        tandem.saveAccount(tandem.ada().withBlocked(false, tandem.clock().instant()));
        assertThat(tandem.http().bearer(token).get("/userinfo").status()).isEqualTo(200);
        tandem.clock().forward(Duration.ofHours(1));
        assertThat(tandem.http().bearer(token).get("/userinfo").status()).isEqualTo(401);
    }
}
