package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.ClientAuthenticationMethod;
import tandem.oauth.ClientId;

/// Clients that authenticate with a key of their own: [RFC 7523
/// §3](https://www.rfc-editor.org/rfc/rfc7523#section-3).
@TestInstance(Lifecycle.PER_CLASS)
class PrivateKeyJwtTest {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String DEVICE = "/oauth/device/code";
    private static final ClientKey RSA = ClientKey.of("RS256", "rsa");
    private static final ClientKey EC = ClientKey.of("ES256", "ec");
    private static final ClientKey ED = ClientKey.of("EdDSA", "ed");
    private static final ClientKey OTHER = ClientKey.of("ES256", "ec");

    private TestTandem tandem;
    private int count;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
        register("kiosk", RSA.jwk(), EC.jwk(), ED.jwk());
        register("other", OTHER.jwk());
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private void register(String id, String... jwks) {
        tandem.server()
                .store()
                .write(tx -> {
                    var printer = tx.registered().client(new ClientId("printer")).orElseThrow();
                    tx.registry().put(Changed.keyed(printer, id, List.of(jwks)));
                    return true;
                });
    }

    private long now() {
        return tandem.clock().instant().getEpochSecond();
    }

    private Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", "kiosk");
        claims.put("sub", "kiosk");
        claims.put("aud", tandem.issuer());
        claims.put("exp", now() + 60);
        claims.put("iat", now());
        claims.put("jti", "assertion-" + ++count);
        return claims;
    }

    private Map<String, Object> claims(Consumer<Map<String, Object>> change) {
        var claims = claims();
        change.accept(claims);
        return claims;
    }

    private static String[] with(String assertion, String... parameters) {
        var all = new ArrayList<>(List.of(parameters));
        all.addAll(List.of("client_assertion_type", TYPE, "client_assertion", assertion));
        return all.toArray(String[]::new);
    }

    private Answer asks(String assertion, String... parameters) {
        return tandem.http().post(DEVICE, with(assertion, parameters));
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.error()).isEqualTo("invalid_client");
        assertThat(answer.text("error_description"))
                .isEqualTo("the client is unknown or its authentication failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA"})
    void every_endpoint_takes_it_and_every_algorithm_of_the_metadata(String algorithm) {
        var key =
                switch (algorithm) {
                    case "RS256", "PS256" -> RSA.claiming(algorithm);
                    case "ES256" -> EC;
                    default -> ED;
                };
        var codes = asks(key.signs(claims()), "scope", "openid offline_access");
        assertThat(codes.status()).as(codes.body()).isEqualTo(200);
        var device = new TestDevice(tandem.http(), tandem.clock(), "kiosk", codes);
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens =
                tandem.http()
                        .post(
                                "/oauth/token",
                                with(
                                        key.signs(claims()),
                                        "grant_type",
                                        "urn:ietf:params:oauth:grant-type:device_code",
                                        "device_code",
                                        device.deviceCode(),
                                        "client_id",
                                        "kiosk"));
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        var token = tokens.text("refresh_token");
        var introspected =
                tandem.http().post("/oauth/introspect", with(key.signs(claims()), "token", token));
        assertThat(introspected.text("client_id")).isEqualTo("kiosk");
        var revoked =
                tandem.http().post("/oauth/revoke", with(key.signs(claims()), "token", token));
        assertThat(revoked.status()).isEqualTo(200);
        var after =
                tandem.http().post("/oauth/introspect", with(key.signs(claims()), "token", token));
        assertThat(after.body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void the_audience_is_the_issuer_or_the_token_endpoint_and_nothing_beside_it() {
        var token = tandem.issuer() + "/oauth/token";
        assertThat(asks(EC.signs(claims(c -> c.put("aud", token)))).status()).isEqualTo(200);
        for (var wrong :
                List.of(
                        List.of(tandem.issuer()),
                        List.of(tandem.issuer(), "https://evil.example"),
                        tandem.issuer() + "/",
                        tandem.issuer() + DEVICE,
                        "https://evil.example",
                        "",
                        7)) {
            assertRefused(asks(EC.signs(claims(c -> c.put("aud", wrong)))));
        }
        assertRefused(asks(EC.signs(claims(c -> c.remove("aud")))));
    }

    @Test
    void an_assertion_is_taken_once_at_whichever_endpoint() {
        var assertion = EC.signs(claims());
        assertThat(asks(assertion).status()).isEqualTo(200);
        assertRefused(asks(assertion));
        assertRefused(
                tandem.http().post("/oauth/token", with(assertion, "grant_type", "refresh_token")));
        var sameId = claims();
        assertThat(asks(EC.signs(sameId)).status()).isEqualTo(200);
        sameId.put("exp", now() + 61);
        assertRefused(asks(RSA.signs(sameId)));
        sameId.put("iss", "other");
        sameId.put("sub", "other");
        assertThat(asks(OTHER.signs(sameId)).status()).as("another client's").isEqualTo(200);
    }

    @Test
    void an_assertion_is_not_taken_again_until_it_has_run_out() {
        var assertion = EC.signs(claims());
        assertThat(asks(assertion).status()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            tandem.clock().forward(Duration.ofSeconds(10));
            assertRefused(asks(assertion));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exp, -29, 200", "exp, -30, 401", "exp, 330, 200", "exp, 331, 401", "exp, 1e300, 401",
        "iat, 30, 200", "iat, 31, 401", "iat, -999, 200", "nbf, 30, 200", "nbf, 31, 401",
    })
    void times_are_respected_within_half_a_minute(String name, double offset, int status) {
        var answer = asks(EC.signs(claims(c -> c.put(name, now() + offset))));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void what_must_be_there_must_be_there_and_be_of_its_kind() {
        for (var name : List.of("iss", "sub", "exp", "jti")) {
            assertRefused(asks(EC.signs(claims(c -> c.remove(name)))));
            assertRefused(asks(EC.signs(claims(c -> c.put(name, "")))));
            assertRefused(asks(EC.signs(claims(c -> c.put(name, List.of())))));
        }
        for (var name : List.of("exp", "iat", "nbf")) {
            assertRefused(asks(EC.signs(claims(c -> c.put(name, Long.toString(now()))))));
        }
        assertThat(asks(EC.signs(claims(c -> c.remove("iat")))).status()).isEqualTo(200);
    }

    @Test
    void issuer_subject_and_client_id_are_one_client() {
        assertRefused(asks(EC.signs(claims(c -> c.put("sub", "other")))));
        assertRefused(asks(EC.signs(claims(c -> c.put("iss", "other")))));
        assertRefused(asks(EC.signs(claims()), "client_id", "tv"));
        assertRefused(
                asks(
                        EC.signs(
                                claims(c -> {
                                    c.put("iss", "nobody");
                                    c.put("sub", "nobody");
                                }))));
        assertThat(asks(EC.signs(claims()), "client_id", "kiosk").status()).isEqualTo(200);
    }

    @Test
    void only_a_key_of_the_client_itself_counts() {
        assertRefused(asks(OTHER.signs(claims())));
        assertRefused(asks(OTHER.unnamed().signs(claims())));
        assertRefused(asks(EC.claiming("RS256").signs(claims())));
        var signed = EC.signs(claims());
        assertRefused(asks(signed.substring(0, signed.lastIndexOf('.') + 1)));
        assertRefused(asks(EC.signs(Map.of("alg", "none"), claims())));
        assertRefused(asks(EC.signs(Map.of("alg", "HS256", "kid", "ec"), claims())));
        assertRefused(asks(EC.signs(Map.of("alg", "ES256", "kid", "rsa"), claims())));
        assertRefused(
                asks(
                        EC.signs(
                                Map.of("alg", "ES256", "crit", List.of("x"), "x", 1, "kid", "ec"),
                                claims())));
        assertRefused(
                asks(ED.signs(Map.of("alg", "EdDSA", "crit", List.of("x"), "x", 1), claims())));
        assertRefused(asks("not a JWT"));
    }

    @Test
    void without_a_kid_any_key_of_the_client_may_have_signed() {
        for (var key : List.of(RSA, EC, ED)) {
            assertThat(asks(key.unnamed().signs(claims())).status()).isEqualTo(200);
        }
    }

    @Test
    void the_type_of_the_assertion_is_named() {
        var http = tandem.http();
        assertRefused(http.post(DEVICE, "client_assertion", EC.signs(claims())));
        assertRefused(http.post(DEVICE, "client_assertion_type", TYPE, "client_id", "kiosk"));
        assertRefused(
                http.post(
                        DEVICE,
                        "client_assertion_type",
                        TYPE.toUpperCase(java.util.Locale.ROOT),
                        "client_assertion",
                        EC.signs(claims())));
    }

    @Test
    void one_way_to_authenticate_is_enough() {
        for (var answer :
                List.of(
                        asks(EC.signs(claims()), "client_secret", TestTandem.SECRET),
                        tandem.http()
                                .basic("kiosk", TestTandem.SECRET)
                                .post(DEVICE, with(EC.signs(claims()))))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo("invalid_request");
        }
    }

    @Test
    void only_clients_registered_for_it_may_and_they_may_nothing_else() {
        assertRefused(tandem.http().post(DEVICE, "client_id", "kiosk"));
        // A secret from before it had keys, that is still in the store.
        assertRefused(tandem.http().basic("kiosk", TestTandem.SECRET).post(DEVICE));
        tandem.changeClient("kiosk", client -> Changed.enabled(client, false));
        assertRefused(asks(EC.signs(claims())));
        tandem.changeClient("kiosk", client -> Changed.enabled(client, true));
        tandem.changeClient(
                "kiosk",
                client -> Changed.method(client, ClientAuthenticationMethod.CLIENT_SECRET_BASIC));
        assertRefused(asks(EC.signs(claims())));
        tandem.changeClient(
                "kiosk",
                client -> Changed.method(client, ClientAuthenticationMethod.PRIVATE_KEY_JWT));
        assertThat(asks(EC.signs(claims())).status()).isEqualTo(200);
    }

    @Test
    void where_authentication_is_optional_the_device_endpoint_does_without() {
        tandem.changeClient(
                "other", c -> Changed.policy(c, p -> Changed.authenticationOptional(p)));
        assertThat(tandem.device("other").codes().status()).isEqualTo(200);
        assertRefused(
                tandem.http()
                        .post("/oauth/token", "grant_type", "refresh_token", "client_id", "other"));
    }

    @Test
    void keys_are_registered_by_call_and_shown() {
        var operator = tandem.operator("read:clients", "update:clients");
        var key = ClientKey.of("ES256", "by-call");
        var answer =
                operator.json(
                        "PATCH",
                        "/api/v2/clients/radio",
                        """
                        {"token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [%s]}}
                        """
                                .formatted(key.jwk()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var shown = operator.get("/api/v2/clients/radio").json();
        assertThat(shown.at("/jwks/keys/0/kid").asString()).isEqualTo("by-call");
        var claims =
                claims(c -> {
                    c.put("iss", "radio");
                    c.put("sub", "radio");
                });
        assertThat(asks(key.signs(claims)).status()).isEqualTo(200);
        var without = operator.json("PATCH", "/api/v2/clients/radio", "{\"jwks\": null}");
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.body()).contains("authenticates with its keys");
        var secret =
                operator.json(
                        "PATCH", "/api/v2/clients/radio", "{\"client_secret\": \"long-enough\"}");
        assertThat(secret.status()).isEqualTo(400);
    }

    @Test
    void the_metadata_announces_it() {
        var metadata = tandem.http().get("/.well-known/oauth-authorization-server").json();
        for (var endpoint : List.of("token", "revocation", "introspection")) {
            assertThat(metadata.path(endpoint + "_endpoint_auth_methods_supported").valueStream())
                    .anyMatch(method -> method.asString().equals("private_key_jwt"));
            assertThat(
                            metadata.path(endpoint + "_endpoint_auth_signing_alg_values_supported")
                                    .valueStream()
                                    .map(alg -> alg.asString()))
                    .containsExactly("RS256", "PS256", "ES256", "EdDSA");
        }
    }
}
