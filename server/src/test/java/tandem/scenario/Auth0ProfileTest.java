package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// `profile: auth0`: statuses and bodies as clients made for Auth0 know them.
@TestInstance(Lifecycle.PER_CLASS)
class Auth0ProfileTest {
    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.likeAuth0(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void polls_are_refused_with_403_and_429() {
        var tv = tandem.television();
        assertRefused(tv.polls(), 403, "authorization_pending");
        var tooSoon = tv.polls();
        assertRefused(tooSoon, 429, "slow_down");
        assertThat(tooSoon.header("Retry-After")).contains("10");
        tandem.browser().enters(tv.userCode()).declines();
        assertRefused(tv.polls(), 403, "access_denied");
    }

    @Test
    void an_expired_code_is_told_once_and_then_not_known() {
        var tv = tandem.television().after(Duration.ofMinutes(10));
        assertRefused(tv.polls(), 403, "expired_token");
        assertRefused(tv.polls(), 403, "invalid_grant");
    }

    @Test
    void other_refusals_are_as_auth0s() {
        var tv = tandem.linkedTelevision();
        assertRefused(tv.polls(), 403, "invalid_grant");
        assertRefused(
                tandem.http().post("/oauth/device/code", "client_id", "ops"),
                401,
                "invalid_client");
        assertRefused(
                tandem.http().post("/oauth/token", "client_id", "tv"), 400, "invalid_request");
        assertRefused(
                tandem.http().post("/oauth/token", "client_id", "tv", "grant_type", "password"),
                400,
                "unsupported_grant_type");
        assertRefused(
                tandem.http()
                        .post(
                                "/oauth/token",
                                "client_id",
                                "tv",
                                "grant_type",
                                "client_credentials"),
                403,
                "unauthorized_client");
    }

    @Test
    void json_is_taken_beside_forms() {
        var codes =
                tandem.http()
                        .json(
                                "POST",
                                "/oauth/device/code",
                                "{\"client_id\": \"tv\", \"scope\": \"openid\"}");
        assertThat(codes.status()).as(codes.body()).isEqualTo(200);
        var tv = new TestDevice(tandem.http(), tandem.clock(), "tv", codes);
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        var tokens =
                tandem.http()
                        .json(
                                "POST",
                                "/oauth/token",
                                """
                                {"client_id": "tv", "device_code": "%s",
                                 "grant_type": "urn:ietf:params:oauth:grant-type:device_code"}
                                """
                                        .formatted(tv.deviceCode()));
        assertThat(tokens.status()).isEqualTo(200);
    }

    @Test
    void json_that_is_no_object_of_texts_is_refused() {
        for (var json :
                new String[] {
                    "[]",
                    "{",
                    "{\"client_id\": 1}",
                    "{\"client_id\": \"tv\", \"client_id\": \"tv\"}",
                    "{\"client_id\": [\"tv\", \"tv\"]}",
                    "{\"client_id\": {\"a\": \"b\"}}"
                }) {
            assertRefused(
                    tandem.http().json("POST", "/oauth/device/code", json), 400, "invalid_request");
        }
    }
}
