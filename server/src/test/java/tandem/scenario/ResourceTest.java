package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.Tenant;

/// One link for several APIs: [RFC 8707](https://www.rfc-editor.org/rfc/rfc8707).
@TestInstance(Lifecycle.PER_CLASS)
class ResourceTest {
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

    /// Asks for both APIs.
    private TestDevice asking(String client) {
        return tandem.device(
                client,
                "scope",
                "offline_access read:library read:photos",
                "resource",
                TestTandem.API,
                "resource",
                TestTandem.PHOTOS);
    }

    private TestDevice linked() {
        var tv = asking("tv");
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        return tv;
    }

    private static void assertFor(Answer answer, String api, String scope) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.claims("access_token").path("aud").asString()).isEqualTo(api);
        assertThat(answer.text("scope")).isEqualTo(scope);
        assertThat(answer.claims("access_token").path("scope").asString()).isEqualTo(scope);
    }

    @Test
    void the_first_is_meant_when_the_token_request_names_none() {
        assertFor(linked().polls(), TestTandem.API, "offline_access read:library");
    }

    @Test
    void the_token_request_may_name_another() {
        var tv = linked();
        var answer =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "device_code",
                                tv.deviceCode(),
                                "client_id",
                                "tv",
                                "resource",
                                TestTandem.PHOTOS);
        assertFor(answer, TestTandem.PHOTOS, "offline_access read:photos");
    }

    @Test
    void each_refresh_may_be_for_another() {
        var tv = linked();
        tv.polls();
        assertFor(
                tv.refreshes("resource", TestTandem.PHOTOS),
                TestTandem.PHOTOS,
                "offline_access read:photos");
        assertFor(
                tv.refreshes("audience", TestTandem.API),
                TestTandem.API,
                "offline_access read:library");
        assertFor(tv.refreshes(), TestTandem.API, "offline_access read:library");
        assertFor(
                tv.refreshes("resource", TestTandem.PHOTOS, "scope", "read:photos"),
                TestTandem.PHOTOS,
                "read:photos");
    }

    @Test
    void one_that_was_not_granted_or_two_at_once_are_refused_and_cost_nothing() {
        var tv = tandem.linkedTelevision();
        assertRefused(tv.refreshes("resource", TestTandem.PHOTOS), "invalid_target");
        var both = linked();
        both.polls();
        assertRefused(
                both.refreshes("resource", TestTandem.PHOTOS, "resource", TestTandem.API),
                "invalid_target");
        assertThat(tv.refreshes().status()).isEqualTo(200);
        assertThat(both.refreshes().status()).isEqualTo(200);
    }

    @Test
    void an_unknown_one_among_them_is_refused() {
        assertRefused(
                tandem.http()
                        .post(
                                "/oauth/device/code",
                                "client_id",
                                "tv",
                                "resource",
                                TestTandem.API,
                                "resource",
                                "https://unknown.example/"),
                "invalid_target");
    }

    @Test
    void without_any_the_tenants_default_is_meant_and_without_that_userinfo_alone() {
        assertThat(audience("openid")).isEqualTo(tandem.issuer() + "/userinfo");
        tandem.server()
                .store()
                .write(tx -> {
                    tx.registry().put(withDefault(tx.registered().tenant()));
                    return true;
                });
        assertThat(audience("read:photos")).isEqualTo(TestTandem.PHOTOS);
        tandem.server()
                .store()
                .write(tx -> {
                    tx.registry().put(Tenant.STANDARD);
                    return true;
                });
    }

    private static Tenant withDefault(Tenant t) {
        return new Tenant(
                t.friendlyName(),
                Optional.of(TestTandem.PHOTOS),
                t.userCodes(),
                t.deviceFlowEnabled(),
                t.accentColor(),
                t.logo());
    }

    private String audience(String scope) {
        var tv = tandem.device("tv", "scope", scope);
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        return tv.polls().claims("access_token").path("aud").asString();
    }

    @Test
    void a_scope_must_be_one_of_some_api_asked_for() {
        assertRefused(
                tandem.http()
                        .post(
                                "/oauth/device/code",
                                "client_id",
                                "tv",
                                "scope",
                                "read:photos",
                                "resource",
                                TestTandem.API),
                "invalid_scope");
    }

    @Test
    void the_consent_page_groups_scopes_by_api_and_each_consent_can_be_taken_back() {
        var radio = asking("radio");
        var browser = tandem.browser().enters(radio.userCode()).confirms();
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.page().plain())
                .containsSubsequence(
                        "Acme library",
                        "See what you have watched",
                        "Acme photos",
                        "Look at your photos");
        browser.allows();
        assertThat(radio.polls().status()).isEqualTo(200);
        var operator = tandem.operator("read:grants", "delete:grants");
        var grants = operator.get("/api/v2/grants?user_id=usr_ada&client_id=radio").json();
        assertThat(grants.findValuesAsString("audience"))
                .containsExactlyInAnyOrderElementsOf(List.of(TestTandem.API, TestTandem.PHOTOS));
        assertThat(radio.refreshes().status()).isEqualTo(200);
        var second =
                grants.valueStream()
                        .filter(g -> g.path("audience").asString().equals(TestTandem.PHOTOS))
                        .findFirst()
                        .orElseThrow();
        assertThat(
                        operator.method("DELETE", "/api/v2/grants/" + second.path("id").asString())
                                .status())
                .isEqualTo(204);
        assertRefused(radio.refreshes(), "invalid_grant");
    }
}
