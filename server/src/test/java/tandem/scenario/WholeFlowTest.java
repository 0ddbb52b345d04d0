package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFlowTest {
    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    @Test
    void a_television_signs_in_calls_refreshes_and_is_unlinked() {
        var tv = tandem.television();
        assertThat(tv.codes().status()).as(tv.codes().body()).isEqualTo(200);
        assertThat(tv.polls().error()).isEqualTo("authorization_pending");

        var browser = tandem.browser().enters(tv.userCode());
        assertThat(browser.page().heading()).contains("Is this the code");
        browser.confirms();
        assertThat(browser.page().heading()).contains("Sign in to connect");
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.page().heading()).as(browser.page().plain()).contains("Almost there");

        var tokens = tv.polls();
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.text("token_type")).isEqualTo("Bearer");
        var person = tandem.http().bearer(tokens.text("access_token")).get("/userinfo");
        assertThat(person.text("email")).isEqualTo(TestTandem.EMAIL);
        assertThat(tv.polls().error()).isEqualTo("invalid_grant");

        assertThat(tv.refreshes().status()).isEqualTo(200);
        assertThat(tv.revokes(tv.refreshToken()).status()).isEqualTo(200);
        assertThat(tv.refreshes().error()).isEqualTo("invalid_grant");
        assertThat(tandem.http().bearer(tokens.text("access_token")).get("/userinfo").status())
                .isEqualTo(401);
    }
}
