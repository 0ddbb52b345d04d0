package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestDevice;

/// What was answered is kept: after every step the process is killed, without any warning, and the
/// next one on the same folder goes on from there.
@TestInstance(Lifecycle.PER_CLASS)
class KillTest {
    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        tandem.startsIn(folder);
    }

    @Test
    void codes_that_were_given_out_can_be_entered_and_polled() {
        var tv = tandem.device("tv");
        tandem.isKilledAndStarts();
        assertThat(tandem.browser().enters(tv.userCode()).page().plain()).contains(tv.userCode());
        assertThat(tv.polls().error()).isEqualTo("authorization_pending");
    }

    @Test
    void each_answer_of_a_person_is_kept() {
        var radio = tandem.device("radio");
        var person = tandem.browser().enters(radio.userCode());
        answers(person, "/activate/confirm", "answer", "yes");
        answers(person, "/login", signIn());
        assertThat(person.page().heading()).isEqualTo("Other Radio would like to");
        answers(person, "/activate/consent", "answer", "allow");
        assertThat(person.page().heading()).isEqualTo("Almost there: finishing on your device");
        assertTokens(radio.polls());
    }

    @Test
    void an_approval_is_kept_whichever_answer_completes_it() {
        var first = tandem.device("tv");
        var person = tandem.browser().enters(first.userCode()).confirms();
        answers(person, "/login", signIn());
        assertTokens(first.polls());

        var second = tandem.device("tv");
        person.enters(second.userCode());
        answers(person, "/activate/confirm", "answer", "yes");
        assertTokens(second.polls());
    }

    @Test
    void a_refusal_is_kept() {
        var tv = tandem.device("tv");
        answers(tandem.browser().enters(tv.userCode()), "/activate/confirm", "answer", "no");
        assertThat(tv.polls().error()).isEqualTo("access_denied");
    }

    @Test
    void tokens_that_were_given_out_work_and_their_code_is_spent() {
        var tv = tandem.linkedTelevision();
        tandem.isKilledAndStarts();
        assertThat(tv.polls().error()).isEqualTo("invalid_grant");
        assertTokens(tv.refreshes());
    }

    @Test
    void the_lost_answer_of_a_refresh_can_be_had_again() {
        var tv = tandem.linkedTelevision();
        var old = tv.refreshToken();
        tv.refreshes();
        tandem.isKilledAndStarts();
        assertThat(tv.refreshesWith(old).text("refresh_token")).isEqualTo(tv.refreshToken());
        assertTokens(tv.refreshes());
        assertThat(tv.refreshToken()).isNotEqualTo(old);
    }

    @Test
    void a_refresh_is_kept_so_that_a_token_from_before_it_betrays_a_thief() {
        var tv = tandem.linkedTelevision();
        var stolen = tv.refreshToken();
        tv.refreshes();
        tv.refreshes();
        tandem.isKilledAndStarts();
        assertThat(tv.refreshesWith(stolen).error()).isEqualTo("invalid_grant");
        assertRefused(tv);
    }

    @Test
    void a_device_stays_unlinked() {
        var tv = tandem.linkedTelevision();
        var person = signedIn();
        var newest = person.page().hidden("/account/unlink").get("id");
        answers(person, "/account/unlink");
        assertRefused(tv);
        person.opens("/account");
        assertThat(person.page().heading()).isEqualTo("Your devices");
        assertThat(person.page().body()).doesNotContain(String.valueOf(newest));
    }

    @Test
    void a_revoked_device_stays_revoked() {
        var tv = tandem.linkedTelevision();
        assertThat(tv.revokes(tv.refreshToken()).status()).isEqualTo(200);
        tandem.isKilledAndStarts();
        assertRefused(tv);
    }

    @Test
    void a_person_stays_signed_out() {
        var person = signedIn();
        var cookie = person.cookies().get("tandem");
        answers(person, "/logout");
        var old = tandem.http().with("Cookie", "tandem=" + cookie).get("/account");
        assertThat(old.status()).isEqualTo(303);
    }

    private TestBrowser signedIn() {
        var person = tandem.browser().opens("/account").submits("/login", signIn());
        assertThat(person.page().heading()).isEqualTo("Your devices");
        return person;
    }

    /// Sends the form of the page last seen. Its answer is the last one the process lives to give;
    /// the browser goes where it leads.
    private void answers(TestBrowser person, String path, String... typed) {
        var answer = person.post(path, typed);
        tandem.isKilledAndStarts();
        assertThat(answer.status()).as(answer.plain()).isIn(200, 303);
        if (answer.status() == 303) {
            person.opens(answer.location());
        }
    }

    private static String[] signIn() {
        return new String[] {
            "email", TandemProcess.EMAIL, "password", TandemProcess.PASSWORD,
        };
    }

    private static void assertTokens(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("refresh_token")).isNotEmpty();
    }

    private static void assertRefused(TestDevice device) {
        assertThat(device.refreshes().error()).isEqualTo("invalid_grant");
    }
}
