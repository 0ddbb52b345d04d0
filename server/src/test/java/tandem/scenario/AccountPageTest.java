package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A person's own page, signing in and out.
class AccountPageTest {
    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private TestBrowser signedIn(String email) {
        var browser = tandem.browser().opens("/account");
        return browser.submits("/login", "email", email, "password", TestTandem.PASSWORD);
    }

    @Test
    void asks_to_sign_in_at_once_and_shows_the_devices() {
        tandem.linkedTelevision();
        var browser = tandem.browser().opens("/account");
        assertThat(browser.page().asks("/login")).isTrue();
        browser.submits("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD);
        assertThat(browser.page().heading()).isEqualTo("Your devices");
        assertThat(browser.page().plain()).contains("Acme TV", "127.0.0.1", "Unlink");
    }

    @Test
    void unlinking_bites_at_the_very_next_request() {
        var tv = tandem.linkedTelevision();
        var access = tv.refreshes().text("access_token");
        var browser = signedIn(TestTandem.EMAIL);
        browser.submits("/account/unlink");
        assertThat(browser.page().plain()).contains("unlinked", "hour");
        assertThat(tv.refreshes().error()).isEqualTo("invalid_grant");
        assertThat(tandem.http().bearer(access).get("/userinfo").status()).isEqualTo(401);
    }

    @Test
    void another_person_s_device_is_not_found_and_nothing_changes() {
        var tv = tandem.linkedTelevision();
        var id = tv.refreshes().claims("access_token").path("sid").asString();
        tandem.browser()
                .approves(
                        tandem.device("tv", "scope", "openid offline_access"),
                        "bob@example.com",
                        TestTandem.PASSWORD);
        var bob = signedIn("bob@example.com");
        var csrf = bob.page().hidden("/account/unlink");
        assertThat(bob.post("/account/unlink", "id", id).status()).isIn(403, 404);
        assertThat(csrf).doesNotContainValue(id);
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void a_device_can_be_given_a_name() {
        tandem.linkedTelevision();
        var browser = signedIn(TestTandem.EMAIL);
        browser.submits("/account/rename", "name", "Küche <b>");
        assertThat(browser.page().plain()).contains("Küche <b>");
        assertThat(browser.page().body()).doesNotContain("Küche <b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202Eb", "a\nb", " "})
    void names_that_play_tricks_are_refused(String name) {
        tandem.linkedTelevision();
        var browser = signedIn(TestTandem.EMAIL);
        assertThat(browser.submits("/account/rename", "name", name).page().status()).isEqualTo(400);
    }

    @Test
    void signing_out_ends_the_session_at_the_server() {
        var browser = signedIn(TestTandem.EMAIL);
        var cookie = browser.cookies().get("tandem");
        browser.submits("/logout");
        assertThat(browser.page().heading()).contains("signed out");
        var old = tandem.http().with("Cookie", "tandem=" + cookie).get("/account");
        assertThat(old.status()).isEqualTo(303);
    }

    @Test
    void wrong_unknown_and_blocked_are_answered_alike() {
        tandem.saveAccount(tandem.ada().withBlocked(true, tandem.clock().instant()));
        var blocked = signedIn(TestTandem.EMAIL).page();
        var unknown = signedIn("nobody@example.com").page();
        var wrong =
                tandem.browser()
                        .opens("/login")
                        .submits("/login", "email", "bob@example.com", "password", "wrong")
                        .page();
        assertThat(unknown.status()).isEqualTo(wrong.status()).isEqualTo(401);
        assertThat(blocked.status()).isEqualTo(401);
        var same = wrong.plain().replace("bob@example.com", "");
        assertThat(unknown.plain().replace("nobody@example.com", "")).isEqualTo(same);
        assertThat(blocked.plain().replace(TestTandem.EMAIL, "")).isEqualTo(same);
    }

    @Test
    void a_sign_in_needs_our_own_form() {
        var browser = tandem.browser().opens("/login");
        var answer =
                browser.post(
                        "/login",
                        "csrf",
                        "",
                        "email",
                        TestTandem.EMAIL,
                        "password",
                        TestTandem.PASSWORD);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(browser.get("/account").status()).isEqualTo(303);
    }

    @Test
    void sessions_end_when_idle_and_in_the_end_anyway() {
        var idle = signedIn(TestTandem.EMAIL);
        tandem.clock().forward(Duration.ofDays(3));
        assertThat(idle.get("/account").status()).isEqualTo(303);
        var busy = signedIn(TestTandem.EMAIL);
        for (int day = 0; day < 6; day++) {
            tandem.clock().forward(Duration.ofDays(1));
            assertThat(busy.get("/account").status()).isEqualTo(200);
        }
        tandem.clock().forward(Duration.ofDays(1));
        assertThat(busy.get("/account").status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_100, 60_000})
    void very_long_passwords_are_refused_unread(int length) {
        var browser = tandem.browser().opens("/login");
        browser.submits("/login", "email", TestTandem.EMAIL, "password", "x".repeat(length));
        assertThat(browser.page().status()).isIn(401, 413);
    }

    @Test
    void passwords_count_beyond_their_72nd_byte() {
        var browser = tandem.browser().opens("/login");
        browser.submits("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD + "x");
        assertThat(browser.page().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\r\nforged log line", "x"})
    void odd_names_fail_like_any_other(String email) {
        var browser = tandem.browser().opens("/login");
        var many = email.equals("x") ? "x".repeat(10_000) : email;
        browser.submits("/login", "email", many, "password", "wrong");
        assertThat(browser.page().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\u0000@example.com", "ada@example.com\n", "\u001bada@example.com"})
    void an_address_nobody_can_type_is_nobody_s(String email) {
        var browser = signedIn(email);
        assertThat(browser.page().status()).isEqualTo(401);
        assertThat(browser.page().asks("/login")).isTrue();
    }

    @Test
    void a_sign_in_that_is_due_again_is_no_fault_and_knows_who_it_was() {
        tandem.changeClient("tv", c -> Changed.policy(c, Changed::reauthentication));
        var browser = signedIn(TestTandem.EMAIL);
        tandem.clock().forward(Duration.ofMinutes(1));
        browser.enters(tandem.television().userCode()).confirms();
        assertThat(browser.page().asks("/login")).isTrue();
        assertThat(browser.page().body())
                .contains("value=\"" + TestTandem.EMAIL + "\"")
                .doesNotContain("role=\"alert\"");
    }
}
