package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;

/// What a person agrees to, and what becomes of it.
class ConsentTest {
    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private TestDevice radio() {
        return tandem.device(
                "radio",
                "scope",
                "openid offline_access read:library write:library",
                "audience",
                TestTandem.API);
    }

    private TestBrowser atConsent(TestDevice device) {
        return tandem.browser()
                .enters(device.userCode())
                .confirms()
                .signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
    }

    @Test
    void lists_each_scope_in_words_and_says_how_long_it_stays_connected() {
        var page = atConsent(radio()).page();
        assertThat(page.heading()).isEqualTo("Other Radio would like to");
        assertThat(page.plain())
                .contains("See what you have watched", "Change your list", "Acme library")
                .contains("30 days", TestTandem.EMAIL, "Allow", "Don’t allow");
    }

    @Test
    void refusing_reaches_the_device_and_keeps_nothing() {
        var radio = radio();
        assertThat(atConsent(radio).refuses().page().heading()).isEqualTo("Nothing was connected");
        assertThat(radio.polls().error()).isEqualTo("access_denied");
        assertThat(consents()).isZero();
    }

    private long consents() {
        return tandem.server()
                .store()
                .read(tx ->
                        tx.consents()
                                .count(java.util.Optional.empty(), java.util.Optional.empty()));
    }

    @Test
    void is_remembered_for_the_same_scopes_and_asked_again_for_more() {
        var less =
                tandem.device("radio", "scope", "openid read:library", "audience", TestTandem.API);
        var browser = atConsent(less).allows();
        assertThat(less.polls().status()).isEqualTo(200);
        var again =
                tandem.device("radio", "scope", "openid read:library", "audience", TestTandem.API);
        browser.enters(again.userCode()).confirms();
        assertThat(browser.page().heading()).contains("Almost there");
        browser.enters(radio().userCode()).confirms();
        assertThat(browser.page().heading()).isEqualTo("Other Radio would like to");
    }

    @Test
    void nothing_added_to_the_form_widens_it() {
        var radio =
                tandem.device("radio", "scope", "openid read:library", "audience", TestTandem.API);
        var browser = atConsent(radio);
        browser.submits(
                "/activate/consent",
                "answer",
                "allow",
                "scope",
                "openid read:library write:library",
                "client_id",
                "tv");
        var tokens = radio.polls();
        assertThat(tokens.text("scope")).isEqualTo("openid read:library");
        assertThat(tokens.claims("access_token").path("client_id").asString()).isEqualTo("radio");
    }

    @Test
    void scopes_that_the_operator_took_away_meanwhile_are_not_given() {
        var radio = radio();
        var browser = atConsent(radio);
        tandem.changeClient(
                "radio",
                c ->
                        Changed.policy(
                                c,
                                p ->
                                        Changed.scopes(
                                                p,
                                                Scopes.of(
                                                        "openid",
                                                        "offline_access",
                                                        "read:library"))));
        browser.allows();
        assertThat(radio.polls().text("scope")).isEqualTo("openid offline_access read:library");
    }

    @Test
    void a_person_who_may_not_use_the_app_is_told_and_so_is_the_device() {
        tandem.changeClient(
                "radio", c -> Changed.policy(c, p -> Changed.users(p, "bob@example.com")));
        var radio = radio();
        assertThat(atConsent(radio).page().status()).isEqualTo(403);
        assertThat(radio.polls().error()).isEqualTo("access_denied");
        var bobs = radio();
        tandem.browser().approves(bobs, "bob@example.com", TestTandem.PASSWORD);
        assertThat(bobs.polls().status()).isEqualTo(200);
    }

    @Test
    void taking_it_back_ends_refreshing() {
        var radio = radio();
        atConsent(radio).allows();
        assertThat(radio.polls().status()).isEqualTo(200);
        tandem.server()
                .store()
                .write(tx -> {
                    var consent =
                            tx.consents()
                                    .find(
                                            tandem.ada().userId(),
                                            new ClientId("radio"),
                                            TestTandem.API)
                                    .orElseThrow();
                    return tx.consents().remove(consent.id());
                });
        assertThat(radio.refreshes().error()).isEqualTo("invalid_grant");
    }

    @Test
    void a_fresh_sign_in_is_asked_where_the_app_demands_one() {
        tandem.changeClient("tv", c -> Changed.policy(c, Changed::reauthentication));
        var browser =
                tandem.browser()
                        .approves(tandem.television(), TestTandem.EMAIL, TestTandem.PASSWORD);
        tandem.clock().forward(Duration.ofHours(1));
        browser.enters(tandem.television().userCode()).confirms();
        assertThat(browser.page().asks("/login")).isTrue();
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.page().heading()).contains("Almost there");
    }

    @Test
    void another_account_can_take_over_before_anything_is_allowed() {
        var radio = radio();
        var browser = atConsent(radio);
        browser.submits("/logout");
        assertThat(browser.page().asks("/login")).isTrue();
        browser.signsIn("bob@example.com", TestTandem.PASSWORD);
        assertThat(browser.page().plain()).contains("bob@example.com");
        browser.allows();
        var tokens = radio.polls();
        assertThat(tokens.claims("access_token").path("sub").asString()).isEqualTo("usr_bob");
    }

    @Test
    void the_approval_fails_when_the_account_was_blocked_in_the_meantime() {
        var radio = radio();
        var browser = atConsent(radio);
        tandem.saveAccount(tandem.ada().withBlocked(true, tandem.clock().instant()));
        browser.allows();
        assertThat(radio.polls().error()).isEqualTo("authorization_pending");
    }
}
