package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.Account;
import tandem.store.Events;
import tandem.store.Page;

/// Codes tied to whoever asked for them ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)), and
/// to the account that is to approve (`login_hint`).
@TestInstance(Lifecycle.PER_CLASS)
class CodeBindingTest {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// The pair of [RFC 7636 appendix B](https://www.rfc-editor.org/rfc/rfc7636#appendix-B).
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(400);
    }

    private TestDevice approved(String... parameters) {
        var tv = tandem.device("tv", parameters);
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        return tv;
    }

    private TestDevice challenged() {
        return approved("code_challenge", CHALLENGE, "code_challenge_method", "S256");
    }

    private Answer redeems(TestDevice tv, String... more) {
        return tandem.http()
                .post(
                        "/oauth/token",
                        Stream.concat(Stream.of(DeviceKey.redemption(tv, "tv")), Stream.of(more))
                                .toArray(String[]::new));
    }

    @Test
    void the_verifier_redeems() {
        assertThat(redeems(challenged(), "code_verifier", VERIFIER).status()).isEqualTo(200);
    }

    @Test
    void nothing_else_does_and_nothing_is_lost() {
        var tv = challenged();
        assertRefused(redeems(tv), "invalid_grant");
        assertRefused(redeems(tv, "code_verifier", VERIFIER + "x"), "invalid_grant");
        assertRefused(redeems(tv, "code_verifier", CHALLENGE), "invalid_grant");
        assertRefused(redeems(tv, "code_verifier", VERIFIER.substring(1)), "invalid_grant");
        assertThat(redeems(tv, "code_verifier", VERIFIER).status()).isEqualTo(200);
    }

    @Test
    void five_wrong_verifiers_end_the_codes() {
        var tv = challenged();
        for (int i = 0; i < 5; i++) {
            assertRefused(redeems(tv, "code_verifier", VERIFIER + i), "invalid_grant");
        }
        assertRefused(redeems(tv, "code_verifier", VERIFIER), "invalid_grant");
        var told =
                tandem.server()
                        .store()
                        .read(tx -> tx.events().newest(Events.Filter.ALL, new Page(0, 20)));
        assertThat(told)
                .anyMatch(logged ->
                        logged.event()
                                .details()
                                .getOrDefault("reason", "")
                                .equals("wrong code_verifiers ended the codes"));
    }

    @Test
    void a_missing_verifier_is_no_wrong_one() {
        var tv = challenged();
        for (int i = 0; i < 7; i++) {
            assertRefused(redeems(tv), "invalid_grant");
        }
        assertThat(redeems(tv, "code_verifier", VERIFIER).status()).isEqualTo(200);
    }

    @Test
    void a_verifier_without_a_challenge_is_refused() {
        var tv = approved();
        assertRefused(redeems(tv, "code_verifier", VERIFIER), "invalid_grant");
        assertThat(redeems(tv).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, plain",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, S512",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM, ''",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c, S256",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM, S256",
        "'', S256"
    })
    void no_other_challenge_is_taken(String challenge, String method) {
        assertRefused(
                tandem.http()
                        .post(
                                "/oauth/device/code",
                                "client_id",
                                "tv",
                                "code_challenge",
                                challenge,
                                "code_challenge_method",
                                method),
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr_ada", "ada@example.com", "ADA@Example.com"})
    void the_account_that_was_hinted_at_approves(String hint) {
        assertThat(approved("login_hint", hint).polls().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@example.com", "usr_bob", "nobody@example.com", "%", "USR_ADA"})
    void another_account_is_refused_on_the_page_and_the_right_one_may_still_come(String hint) {
        var tv = tandem.device("tv", "login_hint", hint);
        var browser = tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.page().status()).isEqualTo(403);
        assertThat(browser.page().heading()).isEqualTo("The device expects another account");
        assertThat(browser.page().body()).doesNotContain(hint.equals("%") ? "login_hint" : hint);
        assertRefused(tv.polls(), "authorization_pending");
        if (hint.contains("bob")) {
            browser.submits("/logout").signsIn("bob@example.com", TestTandem.PASSWORD);
            assertThat(tv.after(java.time.Duration.ofSeconds(6)).polls().status()).isEqualTo(200);
        }
    }

    @Test
    void an_address_that_nobody_has_verified_names_no_account() {
        var ada = tandem.ada();
        tandem.saveAccount(verified(ada, false));
        try {
            var tv = tandem.device("tv", "login_hint", TestTandem.EMAIL);
            var browser = tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
            assertThat(browser.page().status()).isEqualTo(403);
        } finally {
            tandem.saveAccount(verified(ada, true));
        }
    }

    @Test
    void a_hint_is_never_shown_nor_filled_in() {
        var tv = tandem.device("tv", "login_hint", TestTandem.EMAIL);
        var browser = tandem.browser().enters(tv.userCode());
        assertThat(browser.page().body()).doesNotContain(TestTandem.EMAIL);
        browser.confirms();
        assertThat(browser.page().asks("/login")).isTrue();
        assertThat(browser.page().body()).doesNotContain(TestTandem.EMAIL);
    }

    private static Account verified(Account a, boolean verified) {
        return new Account(
                a.userId(),
                a.email(),
                verified,
                a.name(),
                a.password(),
                a.provider(),
                a.blocked(),
                a.operator(),
                a.createdAt(),
                a.updatedAt());
    }
}
