package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.secret.SecretKeyFile;

class SessionCookieTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir Path folder;

    private SessionCookie cookie;
    private SessionCookie secure;

    @BeforeEach
    void make() throws IOException {
        var keys = SecretKeyFile.open(folder.resolve("secret.key"), random);
        cookie = new SessionCookie(keys, random, false);
        secure = new SessionCookie(keys, random, true);
    }

    private Optional<String> read(String header) {
        return cookie.of(TestRequest.of("GET", "/", "Cookie", header))
                .map(SessionCookie.Token::value);
    }

    private static List<String> set(Response response) {
        return response.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("Set-Cookie"))
                .map(header -> header.get())
                .toList();
    }

    @Test
    void is_read_back_as_it_was_drawn_whatever_stands_beside_it() {
        var value = cookie.draw().value();
        assertThat(read("tandem=" + value)).contains(value);
        assertThat(read("a=b;tandem=" + value + " ; c=d")).contains(value);
        assertThat(read("xtandem=x; tandemx=x; tandem=" + value)).contains(value);
    }

    @Test
    void is_another_each_time_and_long_enough() {
        assertThat(cookie.draw().value()).isNotEqualTo(cookie.draw().value()).hasSize(64);
    }

    @Test
    void a_value_that_was_not_drawn_here_is_never_adopted() throws IOException {
        var value = cookie.draw().value();
        for (int at = 0; at < value.length(); at++) {
            char other = value.charAt(at) == 'A' ? 'B' : 'A';
            var changed = value.substring(0, at) + other + value.substring(at + 1);
            assertThat(read("tandem=" + changed)).as("changed at %d", at).isEmpty();
        }
        var elsewhere = SecretKeyFile.open(folder.resolve("other.key"), random);
        var foreign = new SessionCookie(elsewhere, random, false).draw().value();
        assertThat(read("tandem=" + foreign)).isEmpty();
    }

    @Test
    void a_malformed_value_is_none() {
        var value = cookie.draw().value();
        var short32 = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
        for (var bad :
                List.of(
                        "",
                        "x",
                        "=",
                        "a b",
                        "ä",
                        "\"" + value + "\"",
                        value + "A",
                        value + "AAAA",
                        value.substring(4),
                        short32,
                        "A".repeat(100_000))) {
            assertThat(read("tandem=" + bad)).as(bad).isEmpty();
        }
        assertThat(cookie.of(TestRequest.get("/"))).isEmpty();
    }

    @Test
    void the_first_of_two_counts() {
        var value = cookie.draw().value();
        var other = cookie.draw().value();
        assertThat(read("tandem=" + value + "; tandem=" + other)).contains(value);
        assertThat(read("tandem=planted; tandem=" + value)).isEmpty();
    }

    @Test
    void belongs_to_this_host_alone_where_the_issuer_is_https() {
        var token = secure.draw();
        assertThat(set(secure.give(Response.empty(200), token)))
                .containsExactly(
                        "__Host-tandem="
                                + token.value()
                                + "; Path=/; HttpOnly; SameSite=Lax; Secure");
        var request = TestRequest.of("GET", "/", "Cookie", "tandem=" + token.value());
        assertThat(secure.of(request)).as("a name that any host may set").isEmpty();
    }

    @Test
    void is_hidden_from_scripts_and_other_sites_on_plain_http_too() {
        var token = cookie.draw();
        assertThat(set(cookie.give(Response.empty(200), token)))
                .containsExactly("tandem=" + token.value() + "; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void is_taken_by_the_name_it_was_given_with() {
        assertThat(set(secure.take(Response.empty(200))))
                .containsExactly(
                        "__Host-tandem=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
    }

    @Test
    void shows_itself_in_no_log() {
        var token = cookie.draw();
        assertThat(token.toString()).doesNotContain(token.value());
        assertThat(token.hash().value()).doesNotContain(token.value()).hasSize(43);
    }
}
