package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.manage.ManagementApi;
import tandem.model.ClientGrant;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.store.TestPostgresql;

/// Who is let in, and what they are told; unlinking, users, clients, grants, keys and events.
class ManagementApiTest {
    private static final String DEVICES = "/api/v2/device-credentials";

    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private void assertProblem(Answer answer, int status, String errorCode) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("statusCode").intValue()).isEqualTo(status);
        assertThat(answer.text("error")).isNotEmpty();
        assertThat(answer.text("message")).isNotEmpty();
        assertThat(answer.text("errorCode")).isEqualTo(errorCode);
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void without_a_token_nobody_is_let_in() {
        var answer = tandem.http().get(DEVICES);
        assertProblem(answer, 401, "missing_authentication");
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"tandem\"");
    }

    @Test
    void a_device_s_own_token_is_not_one_for_this_api() {
        var tv = tandem.linkedTelevision();
        var token = tv.refreshes().text("access_token");
        assertProblem(tandem.http().bearer(token).get(DEVICES), 401, "invalid_token");
    }

    @Test
    void a_token_that_has_expired_or_was_changed_is_refused() {
        var http = tandem.operator("read:device_credentials");
        assertThat(http.get(DEVICES).status()).isEqualTo(200);
        tandem.clock().forward(Duration.ofHours(1));
        assertProblem(http.get(DEVICES), 401, "invalid_token");
    }

    @Test
    void a_token_without_signature_is_refused() {
        var header = "{\"alg\":\"none\",\"typ\":\"JWT\"}";
        var claims =
                "{\"iss\":\"%s\",\"aud\":\"%s/api/v2/\",\"client_id\":\"ops\",\"exp\":9999999999,"
                                .formatted(tandem.issuer(), tandem.issuer())
                        + "\"scope\":\"read:device_credentials\"}";
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var token =
                encoder.encodeToString(header.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        + "."
                        + encoder.encodeToString(
                                claims.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        + ".";
        assertProblem(tandem.http().bearer(token).get(DEVICES), 401, "invalid_token");
    }

    @Test
    void a_token_for_another_api_with_scopes_of_the_same_names_is_refused() {
        var other = "https://other.example/";
        tandem.server()
                .store()
                .write(tx -> {
                    var api = ManagementApi.api(other);
                    tx.registry().put(api);
                    var scope = Scopes.of("read:device_credentials");
                    tx.registry().put(new ClientGrant("cgr_o", new ClientId("ops"), other, scope));
                    return true;
                });
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
                                other);
        assertThat(token.status()).as(token.body()).isEqualTo(200);
        var answer = tandem.http().bearer(token.text("access_token")).get(DEVICES);
        assertProblem(answer, 401, "invalid_token");
    }

    @Test
    void a_scope_is_needed_for_each_verb_and_nothing_happens_without_it() {
        var tv = tandem.linkedTelevision();
        var reader = tandem.operator("read:device_credentials");
        var id = reader.get(DEVICES).json().path(0).path("id").asString();
        var answer = reader.json("DELETE", DEVICES + "/" + id, "");
        assertProblem(answer, 403, "insufficient_scope");
        assertThat(answer.header("WWW-Authenticate").orElse(""))
                .contains("scope=\"delete:device_credentials\"");
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void a_scope_that_was_taken_away_is_gone_at_the_next_call() {
        var http = tandem.operator("read:device_credentials");
        tandem.server().store().write(tx -> tx.registry().removeClientGrant("cgr_ops"));
        assertProblem(http.get(DEVICES), 403, "insufficient_scope");
    }

    @Test
    void devices_are_listed_without_any_secret() {
        var tv = tandem.linkedTelevision();
        var answer = tandem.operator("read:device_credentials").get(DEVICES + "?user_id=usr_ada");
        var device = answer.json().path(0);
        assertThat(device.path("client_id").asString()).isEqualTo("tv");
        assertThat(device.path("user_id").asString()).isEqualTo("usr_ada");
        assertThat(device.path("created_ip").asString()).isEqualTo("127.0.0.1");
        assertThat(device.path("scope").asString()).contains("read:library");
        assertThat(Instant.parse(device.path("access_tokens_until").asString()))
                .isEqualTo(tandem.clock().instant().plus(Duration.ofHours(1)));
        assertThat(answer.body()).doesNotContain(tv.refreshToken());
    }

    @Test
    void listings_come_in_pages() {
        for (int i = 0; i < 3; i++) {
            tandem.linkedTelevision();
        }
        var http = tandem.operator("read:device_credentials");
        var first = http.get(DEVICES + "?per_page=2&include_totals=true").json();
        assertThat(first.path("total").intValue()).isEqualTo(3);
        assertThat(first.path("length").intValue()).isEqualTo(2);
        var second = http.get(DEVICES + "?per_page=2&page=1").json();
        assertThat(second.size()).isEqualTo(1);
        assertThat(second.path(0).path("id"))
                .isNotIn(first.path("device_credentials").valueStream().map(d -> d.path("id")));
        assertThat(http.get(DEVICES + "?client_id=radio").json().size()).isZero();
        assertThat(http.get(DEVICES + "?user_id=usr_bob").json().size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "per_page=1000000000",
                "per_page=0",
                "page=-1",
                "page=99999999999999999999",
                "per_page=ten",
                "include_totals=maybe",
                "user=usr_ada",
                "user_id=a&user_id=b",
                "type=telephone"
            })
    void a_query_that_is_wrong_is_refused_and_says_where(String query) {
        var answer = tandem.operator("read:device_credentials").get(DEVICES + "?" + query);
        assertProblem(answer, 400, "invalid_query_string");
        assertThat(answer.text("message")).contains(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id=%25", "user_id=_", "client_id=%27%20OR%201%3D1--"})
    void a_filter_is_a_value_never_a_pattern(String query) {
        tandem.linkedTelevision();
        var answer = tandem.operator("read:device_credentials").get(DEVICES + "?" + query);
        assertThat(answer.json().size()).isZero();
    }

    @Test
    void unlinking_bites_at_the_very_next_request_and_says_how_long_tokens_live() {
        var tv = tandem.linkedTelevision();
        var access = tv.refreshes().text("access_token");
        var http = tandem.operator("read:device_credentials", "delete:device_credentials");
        var id = http.get(DEVICES).json().path(0).path("id").asString();
        var answer = http.json("DELETE", DEVICES + "/" + id, "");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Access-Tokens-Until").map(Instant::parse))
                .contains(tandem.clock().instant().plus(Duration.ofHours(1)));
        assertThat(tv.refreshes().error()).isEqualTo("invalid_grant");
        assertThat(tandem.http().bearer(access).get("/userinfo").status()).isEqualTo(401);
        assertThat(http.get(DEVICES).json().size()).isZero();
        assertThat(http.json("DELETE", DEVICES + "/" + id, "").status()).isEqualTo(204);
        assertProblem(
                http.json("DELETE", DEVICES + "/lnk_nobody", ""),
                404,
                "inexistent_device_credential");
        var ended = tandem.operator("read:logs").get("/api/v2/logs?event=link.ended").json();
        assertThat(ended.size()).isEqualTo(1);
        assertThat(ended.path(0).path("details").path("by").asString()).isEqualTo("operator");
        assertThat(ended.path(0).path("details").path("operator").asString()).isEqualTo("ops");
    }

    @Test
    void an_unlink_survives_a_restart() {
        var tv = tandem.linkedTelevision();
        var http = tandem.operator("read:device_credentials", "delete:device_credentials");
        var id = http.get(DEVICES).json().path(0).path("id").asString();
        http.json("DELETE", DEVICES + "/" + id, "");
        tandem.restarts();
        assertThat(tv.refreshes().error()).isEqualTo("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v2/nothing,404", "PUT,/api/v2/users,405", "GET,/api/v2/users/a/b,404"})
    void what_is_not_there_is_told_in_the_same_shape(String method, String path, int status) {
        var answer = tandem.operator("read:users").json(method, path, "");
        assertProblem(answer, status, status == 404 ? "not_found" : "method_not_allowed");
    }

    @Test
    void keys_rotate_and_what_the_old_ones_signed_still_counts() {
        var tv = tandem.linkedTelevision();
        var access = tv.refreshes().text("access_token");
        var before = tandem.http().get("/.well-known/jwks.json").body();
        var http = tandem.operator("read:signing_keys", "create:signing_keys");
        var rotated = http.json("POST", "/api/v2/keys/signing/rotate", "");
        assertThat(rotated.status()).isEqualTo(201);
        for (var kid : rotated.json().path("kids")) {
            assertThat(before).as("published before it signs").contains(kid.asString());
        }
        assertThat(tandem.http().bearer(access).get("/userinfo").status()).isEqualTo(200);
        var keys = http.get("/api/v2/keys/signing").json();
        assertThat(keys.valueStream().filter(k -> k.path("current").booleanValue()).count())
                .isEqualTo(3);
        assertThat(keys.valueStream().filter(k -> k.path("previous").booleanValue()).count())
                .isEqualTo(3);
        assertThat(keys.toString()).doesNotContain("\"d\"");
        assertThat(tandem.operator("read:logs").get("/api/v2/logs?event=key.rotated").json().size())
                .isEqualTo(1);
    }

    @Test
    void events_are_read_newest_first_or_from_a_checkpoint_on() {
        tandem.linkedTelevision();
        var http = tandem.operator("read:logs");
        var newest = http.get("/api/v2/logs?per_page=1&include_totals=true").json();
        long total = newest.path("total").longValue();
        assertThat(total).isGreaterThan(4);
        TestPostgresql.awaitStream(tandem.server().store());
        var all = http.get("/api/v2/logs?from=0&take=100").json();
        assertThat((long) all.size()).isEqualTo(total);
        assertThat(all.path(all.size() - 1)).isEqualTo(newest.path("logs").path(0));
        var last = all.path(all.size() - 1).path("log_id").asString();
        assertThat(http.get("/api/v2/logs?from=" + last).json().size()).isZero();
        assertThat(http.get("/api/v2/logs/" + last).text("log_id")).isEqualTo(last);
        assertProblem(http.get("/api/v2/logs/999999"), 404, "inexistent_log");
        var redeemed = http.get("/api/v2/logs?event=device.redeemed").json();
        assertThat(redeemed.path(0).path("type").asString()).isEqualTo("sede");
        assertThat(redeemed.path(0).path("client_name").asString()).isEqualTo("Acme TV");
        assertProblem(http.get("/api/v2/logs?event=device.redeemd"), 400, "invalid_query_string");
    }

    @Test
    void taking_a_consent_back_ends_the_link_and_the_next_device_asks_anew() {
        var radio =
                tandem.device(
                        "radio",
                        "scope",
                        "offline_access read:library",
                        "audience",
                        TestTandem.API);
        tandem.browser().approves(radio, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(radio.polls().status()).isEqualTo(200);
        var tv = tandem.linkedTelevision();
        var http = tandem.operator("read:grants", "delete:grants");
        var grant = http.get("/api/v2/grants?user_id=usr_ada&client_id=radio").json().path(0);
        assertThat(grant.path("audience").asString()).isEqualTo(TestTandem.API);
        var path = "/api/v2/grants/" + grant.path("id").asString();
        assertThat(http.json("DELETE", path, "").status()).isEqualTo(204);
        assertProblem(http.json("DELETE", path, ""), 404, "inexistent_grant");
        assertThat(radio.refreshes().error()).isEqualTo("invalid_grant");
        assertThat(tv.refreshes().status()).as("another app's link stays").isEqualTo(200);
        var devices = tandem.operator("read:device_credentials");
        assertThat(devices.get(DEVICES + "?client_id=radio").json().size()).isZero();
        assertThat(devices.get(DEVICES + "?client_id=tv").json().size()).isOne();
        var again =
                tandem.device(
                        "radio",
                        "scope",
                        "offline_access read:library",
                        "audience",
                        TestTandem.API);
        var browser = tandem.browser().enters(again.userCode()).confirms();
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.page().asks("/activate/consent")).isTrue();
    }

    @Test
    void all_of_a_person_s_consents_can_be_taken_back() {
        var radio = tandem.device("radio", "scope", "offline_access");
        tandem.browser().approves(radio, TestTandem.EMAIL, TestTandem.PASSWORD);
        radio.polls();
        var http = tandem.operator("read:grants", "delete:grants");
        assertProblem(http.json("DELETE", "/api/v2/grants", ""), 400, "invalid_query_string");
        assertThat(http.json("DELETE", "/api/v2/grants?user_id=usr_ada", "").status())
                .isEqualTo(204);
        assertThat(http.get("/api/v2/grants").json().size()).isZero();
        assertThat(radio.refreshes().error()).isEqualTo("invalid_grant");
    }
}
