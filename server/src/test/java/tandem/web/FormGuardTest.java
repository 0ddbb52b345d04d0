package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.secret.SecretKeyFile;

class FormGuardTest {
    private static final String ORIGIN = "https://login.example.com";
    private static final String ABOUT = "entry-1";
    private static final SessionCookie.Token SESSION = new SessionCookie.Token("session-1");
    private static final SessionCookie.Token OTHER = new SessionCookie.Token("session-2");

    private final SecureRandom random = new SecureRandom();

    @TempDir Path folder;

    private FormGuard guard;
    private String token;

    @BeforeEach
    void make() throws IOException {
        guard = guard("secret.key");
        token = guard.token(SESSION, ABOUT);
    }

    private FormGuard guard(String file) throws IOException {
        var keys = SecretKeyFile.open(folder.resolve(file), random);
        return new FormGuard(keys, URI.create(ORIGIN));
    }

    private static Form form(String csrf) {
        return Form.parse(("csrf=" + csrf).getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private boolean passes(String csrf, SessionCookie.Token session, String about) {
        var request = TestRequest.of("POST", "/confirm");
        return guard.passes(request, Optional.of(session), form(csrf), about);
    }

    private boolean passesFrom(String... headers) {
        var request = TestRequest.of("POST", "/confirm", headers);
        return guard.passes(request, Optional.of(SESSION), form(token), ABOUT);
    }

    @Test
    void lets_through_what_was_shown_to_this_session_about_this() {
        assertThat(passes(token, SESSION, ABOUT)).isTrue();
    }

    @Test
    void holds_back_what_was_shown_to_another_session_or_about_something_else() {
        assertThat(passes(token, OTHER, ABOUT)).isFalse();
        assertThat(passes(token, SESSION, "entry-2")).isFalse();
        assertThat(passes(token, SESSION, "")).isFalse();
    }

    @Test
    void holds_back_what_moves_the_border_between_session_and_matter() {
        var shifted = guard.token(new SessionCookie.Token("session"), "-1" + ABOUT);
        assertThat(passes(shifted, SESSION, ABOUT)).isFalse();
    }

    @Test
    void holds_back_who_has_no_session() {
        var request = TestRequest.of("POST", "/confirm");
        assertThat(guard.passes(request, Optional.empty(), form(token), ABOUT)).isFalse();
    }

    @Test
    void holds_back_a_token_of_other_keys() throws IOException {
        assertThat(passes(guard("other.key").token(SESSION, ABOUT), SESSION, ABOUT)).isFalse();
    }

    @Test
    void holds_back_a_malformed_token() {
        var first = token.charAt(0) == 'A' ? "B" : "A";
        for (var bad :
                List.of(
                        "",
                        "x",
                        "%20",
                        "%00",
                        "%C3%A4",
                        first + token.substring(1),
                        token.substring(0, 20),
                        token.substring(0, 4),
                        token + token)) {
            assertThat(passes(bad, SESSION, ABOUT)).as(bad).isFalse();
        }
        var request = TestRequest.of("POST", "/confirm");
        assertThat(guard.passes(request, Optional.of(SESSION), Form.EMPTY, ABOUT)).isFalse();
    }

    @Test
    void lets_through_what_a_browser_says_comes_from_our_page() {
        assertThat(passesFrom("Sec-Fetch-Site", "same-origin")).isTrue();
        assertThat(passesFrom("Origin", ORIGIN)).isTrue();
        assertThat(passesFrom("Sec-Fetch-Site", "same-origin", "Origin", ORIGIN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", "", "Same-Origin"})
    void holds_back_what_a_browser_says_comes_from_elsewhere(String site) {
        assertThat(passesFrom("Sec-Fetch-Site", site)).isFalse();
        assertThat(passesFrom("Sec-Fetch-Site", site, "Origin", ORIGIN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "https://evil.example",
                "http://login.example.com",
                "https://login.example.com:8443",
                "https://login.example.com.evil.example",
                "https://login.example.com/"
            })
    void holds_back_another_origin(String origin) {
        assertThat(passesFrom("Origin", origin)).isFalse();
        assertThat(passesFrom("Sec-Fetch-Site", "same-origin", "Origin", origin)).isFalse();
    }
}
