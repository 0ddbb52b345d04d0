package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.EventType;
import tandem.oauth.GrantType;
import tandem.store.Events;
import tandem.store.Page;

/// Refreshing and revoking: [RFC 6749 §6](https://www.rfc-editor.org/rfc/rfc6749#section-6), [RFC
/// 7009](https://www.rfc-editor.org/rfc/rfc7009).
@TestInstance(Lifecycle.PER_CLASS)
class RefreshTest {
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

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void gives_new_tokens_each_time() {
        var tv = tandem.linkedTelevision();
        var before = tv.refreshToken();
        var answer = tv.refreshes();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(tv.refreshToken()).isNotEqualTo(before);
        assertThat(answer.claims("access_token").path("sid").asString()).startsWith("lnk_");
        assertThat(answer.claims("id_token").has("nonce")).isFalse();
    }

    @Test
    void repeats_the_same_successor_within_the_leeway() {
        var tv = tandem.linkedTelevision();
        var first = tv.refreshToken();
        tv.refreshes();
        var successor = tv.refreshToken();
        var repeated = tv.after(seconds(60)).refreshesWith(first);
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.text("refresh_token")).isEqualTo(successor);
        assertThat(tv.refreshes().status()).as("and it is good").isEqualTo(200);
    }

    @Test
    void ends_the_link_when_a_token_comes_back_after_the_leeway() {
        var tv = tandem.linkedTelevision();
        var first = tv.refreshToken();
        tv.refreshes();
        assertRefused(tv.after(seconds(61)).refreshesWith(first), "invalid_grant");
        assertRefused(tv.refreshes(), "invalid_grant");
        var events =
                tandem.server()
                        .store()
                        .read(tx -> tx.events().newest(Events.Filter.ALL, new Page(0, 2)));
        assertThat(events)
                .extracting(e -> e.event().type())
                .containsExactly(EventType.LINK_ENDED, EventType.REFRESH_REUSED);
        assertThat(events.getLast().event().details())
                .containsKeys("current_address", "presented_address", "presented_generation");
    }

    @Test
    void another_client_s_token_changes_nothing() {
        var tv = tandem.linkedTelevision();
        var stranger =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                tv.refreshToken(),
                                "client_id",
                                "radio");
        assertRefused(stranger, "invalid_grant");
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void narrows_one_access_token_and_not_the_link() {
        var tv = tandem.linkedTelevision();
        assertThat(tv.refreshes("scope", "read:library").text("scope")).isEqualTo("read:library");
        assertThat(tv.refreshes().text("scope"))
                .isEqualTo("openid profile email offline_access read:library");
    }

    @Test
    void refuses_a_wider_scope_and_keeps_the_token_good() {
        var tv = tandem.linkedTelevision();
        assertRefused(tv.refreshes("scope", "openid write:library"), "invalid_scope");
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void refuses_another_audience() {
        var tv = tandem.linkedTelevision();
        assertRefused(tv.refreshes("audience", "https://other.example/"), "invalid_target");
        assertThat(tv.refreshes("audience", TestTandem.API).status()).isEqualTo(200);
    }

    @Test
    void ends_at_the_idle_lifetime() {
        var tv = tandem.linkedTelevision();
        assertThat(tv.after(Duration.ofDays(14)).refreshes().status()).isEqualTo(200);
        assertRefused(tv.after(Duration.ofDays(15)).refreshes(), "invalid_grant");
    }

    @Test
    void ends_at_the_absolute_lifetime_however_often_it_was_used() {
        var tv = tandem.linkedTelevision();
        for (int i = 0; i < 29; i++) {
            assertThat(tv.after(Duration.ofDays(1)).refreshes().status()).isEqualTo(200);
        }
        assertRefused(tv.after(Duration.ofDays(1)).refreshes(), "invalid_grant");
    }

    @Test
    void a_blocked_person_s_devices_rest_and_live_again() {
        var tv = tandem.linkedTelevision();
        tandem.saveAccount(tandem.ada().withBlocked(true, tandem.clock().instant()));
        assertRefused(tv.refreshes(), "invalid_grant");
        tandem.saveAccount(tandem.ada().withBlocked(false, tandem.clock().instant()));
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void a_client_without_the_grant_may_not_refresh() {
        var tv = tandem.linkedTelevision();
        tandem.changeClient("tv", c -> Changed.grants(c, Set.of(GrantType.DEVICE_CODE)));
        assertRefused(tv.refreshes(), "unauthorized_client");
        tandem.changeClient(
                "tv",
                c -> Changed.grants(c, Set.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trt_x", "é", "\u0000", "eyJhbGciOiJub25lIn0.e30.", " "})
    void refuses_what_is_no_refresh_token(String token) {
        var tv = tandem.television();
        assertRefused(tv.refreshesWith(token), "invalid_grant");
    }

    @Test
    void takes_no_access_token_for_a_refresh_token() {
        var tv = tandem.linkedTelevision();
        var access = tv.refreshes().text("access_token");
        assertRefused(tv.refreshesWith(access), "invalid_grant");
        assertThat(tandem.http().bearer(tv.refreshToken()).get("/userinfo").status())
                .isEqualTo(401);
    }

    @Test
    void revoking_any_token_of_a_link_ends_it() {
        for (int which = 0; which < 3; which++) {
            var tv = tandem.linkedTelevision();
            var old = tv.refreshToken();
            var access = tv.refreshes().text("access_token");
            var token = which == 0 ? old : which == 1 ? tv.refreshToken() : access;
            var revoked = tv.revokes(token);
            assertThat(revoked.status()).isEqualTo(200);
            assertThat(revoked.body()).isEmpty();
            assertRefused(tv.refreshes(), "invalid_grant");
            assertThat(tandem.http().bearer(access).get("/userinfo").status()).isEqualTo(401);
            assertRefused(tv.polls(), "invalid_grant");
            assertThat(tv.revokes(token).status()).as("once more").isEqualTo(200);
        }
    }

    @Test
    void nobody_revokes_another_client_s_token() {
        var tv = tandem.linkedTelevision();
        var answer =
                tandem.http()
                        .post("/oauth/revoke", "token", tv.refreshToken(), "client_id", "radio");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void revocation_demands_a_client_a_token_and_a_post() {
        assertThat(tandem.http().post("/oauth/revoke", "token", "x").status()).isEqualTo(401);
        assertRefused(tandem.http().post("/oauth/revoke", "client_id", "tv"), "invalid_request");
        assertRefused(
                tandem.http()
                        .send(
                                "/oauth/revoke",
                                "application/x-www-form-urlencoded",
                                "client_id=tv&token=a&token=b"),
                "invalid_request");
        assertThat(tandem.http().get("/oauth/revoke").status()).isEqualTo(405);
        var hinted =
                tandem.http()
                        .post(
                                "/oauth/revoke",
                                "token",
                                tandem.linkedTelevision().refreshToken(),
                                "token_type_hint",
                                "nonsense",
                                "client_id",
                                "tv");
        assertThat(hinted.status()).isEqualTo(200);
    }
}
