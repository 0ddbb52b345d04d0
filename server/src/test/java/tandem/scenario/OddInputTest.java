package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What once broke something: found by `tandem.fuzz`, kept for good.
@TestInstance(Lifecycle.PER_CLASS)
class OddInputTest {
    /// A JWS whose head is the JSON `null`.
    private static final String HEADLESS = "bnVsbA.e30.AAAA";

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    @Test
    void a_proof_without_a_head_is_no_proof() {
        var answer = tandem.http().with("DPoP", HEADLESS).post("/oauth/token", "client_id", "tv");
        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void an_assertion_without_a_head_proves_nobody() {
        var answer =
                tandem.http()
                        .post(
                                "/oauth/device/code",
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                HEADLESS);
        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_client");
    }

    @Test
    void a_token_without_a_head_lets_nobody_in() {
        var http = tandem.http().bearer(HEADLESS);
        assertThat(http.get("/userinfo").status()).isEqualTo(401);
        assertThat(http.get("/api/v2/users").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e30", "-1e30", "9223372036854775808", "1e400", "-9223372036854775808"})
    void a_time_that_no_clock_can_show_is_not_now(String iat) {
        var key = DeviceKey.of(tandem, "ES256");
        var claims = key.claims("POST", "/oauth/token", key.nonce());
        claims.put("iat", new BigDecimal(iat));
        var answer =
                tandem.http()
                        .with("DPoP", key.proof(claims))
                        .post("/oauth/token", "client_id", "tv");
        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void a_character_that_acts_is_not_shown_again() {
        var page = tandem.http().get("/activate?user_code=a%01%7F%C2%85b");
        assertThat(page.body()).contains("ab").doesNotContainPattern("[\\x00-\\x08\\x7F-\\x9F]");
    }

    @Test
    void a_member_s_name_is_told_without_what_acts_in_it() {
        var answer =
                tandem.operator("update:clients")
                        .json("PATCH", "/api/v2/clients/tv", "{\"a\u007fb\": 1}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("a\\u007Fb").doesNotContain("\u007f");
    }
}
