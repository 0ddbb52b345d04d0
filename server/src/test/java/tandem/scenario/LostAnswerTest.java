package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.EventType;
import tandem.store.Events;
import tandem.store.Page;

/// A device whose redemption was answered, and the answer lost on the way: with its key it may ask
/// once more.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class LostAnswerTest {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private TestDevice approved(String... parameters) {
        var all = Stream.concat(Stream.of("scope", "openid offline_access"), Stream.of(parameters));
        var tv = tandem.device("tv", all.toArray(String[]::new));
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        return tv;
    }

    private static void assertRefused(Answer answer, String error) {
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void a_lost_answer_is_given_once_more_to_the_same_key() {
        var key = DeviceKey.of(tandem, "ES256");
        var tv = approved();
        var first = key.redeems(tv, "tv");
        tandem.clock().forward(Duration.ofSeconds(60));
        var second = key.redeems(tv, "tv");
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(second.text("refresh_token")).isEqualTo(first.text("refresh_token"));
        assertThat(second.claims("access_token").path("sid"))
                .isEqualTo(first.claims("access_token").path("sid"));
        assertRefused(key.redeems(tv, "tv"), "invalid_grant");
        assertThat(key.refreshes(second.text("refresh_token")).status()).isEqualTo(200);
        assertThat(replays()).isPositive();
        var page = tandem.browser().opens("/account");
        page.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(page.page().plain()).contains("Someone else may hold a copy");
    }

    private long replays() {
        return tandem
                .server()
                .store()
                .read(tx -> tx.events().newest(Events.Filter.ALL, new Page(0, 100)))
                .stream()
                .filter(logged -> logged.event().type() == EventType.DEVICE_REPLAYED)
                .filter(logged -> logged.event().details().containsKey("second_address"))
                .count();
    }

    @Test
    void a_lost_answer_is_not_given_later_nor_to_another_key_nor_after_a_refresh() {
        var key = DeviceKey.of(tandem, "ES256");
        var late = approved();
        key.redeems(late, "tv");
        assertRefused(DeviceKey.of(tandem, "ES256").redeems(late, "tv"), "invalid_grant");
        assertRefused(late.polls(), "invalid_grant");
        tandem.clock().forward(Duration.ofSeconds(61));
        assertRefused(key.redeems(late, "tv"), "invalid_grant");
        var refreshed = approved();
        var token = key.redeems(refreshed, "tv").text("refresh_token");
        var next = key.refreshes(token).text("refresh_token");
        assertRefused(key.redeems(refreshed, "tv"), "invalid_grant");
        assertThat(key.refreshes(next).status()).as("the link lives on").isEqualTo(200);
    }

    @Test
    void a_lost_answer_is_not_given_without_the_verifier() {
        var key = DeviceKey.of(tandem, "ES256");
        var tv = approved("code_challenge", CHALLENGE, "code_challenge_method", "S256");
        var redemption = DeviceKey.redemption(tv, "tv");
        var verified =
                Stream.concat(Stream.of(redemption), Stream.of("code_verifier", VERIFIER))
                        .toArray(String[]::new);
        assertThat(key.posts("/oauth/token", verified).status()).isEqualTo(200);
        assertRefused(key.posts("/oauth/token", redemption), "invalid_grant");
        assertThat(key.posts("/oauth/token", verified).status()).isEqualTo(200);
    }

    @Test
    void asking_again_for_what_was_not_granted_uses_nothing_up() {
        var key = DeviceKey.of(tandem, "ES256");
        var tv = approved();
        key.redeems(tv, "tv");
        var elsewhere =
                Stream.concat(
                                Stream.of(DeviceKey.redemption(tv, "tv")),
                                Stream.of("audience", "https://elsewhere.example/"))
                        .toArray(String[]::new);
        assertRefused(key.posts("/oauth/token", elsewhere), "invalid_target");
        assertThat(key.redeems(tv, "tv").status()).isEqualTo(200);
    }
}
