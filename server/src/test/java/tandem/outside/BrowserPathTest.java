package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Answer;

/// The person's part, in a real browser on a phone, from the code to the linked device and back.
@TestInstance(Lifecycle.PER_CLASS)
class BrowserPathTest {
    private static final String IS_THIS_THE_CODE = "Is this the code on your device?";
    private static final String YES = "Yes, it’s my device";
    private static final String ALMOST_THERE = "Almost there: finishing on your device";
    private static final String NOTHING = "Nothing was connected";

    @RegisterExtension final Phone phone = new Phone();
    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        tandem.startsIn(folder);
    }

    @Test
    void a_scanned_code_leads_over_second_thoughts_to_a_connected_device() {
        var first = tandem.device("radio");
        phone.opens(first.codes().text("verification_uri_complete")).sees(IS_THIS_THE_CODE);
        assertThat(phone.text()).contains(first.userCode(), "Other Radio wants to connect");
        phone.presses(YES).sees("Sign in to connect Other Radio").signsIn(TandemProcess.EMAIL);
        phone.sees("Other Radio would like to");
        assertThat(phone.text()).contains("Acme library", "See what you have watched");
        phone.presses("Don’t allow").sees(NOTHING);
        assertThat(first.polls().error()).isEqualTo("access_denied");

        var second = tandem.device("radio");
        phone.opens(second.codes().text("verification_uri_complete"));
        phone.sees(IS_THIS_THE_CODE).presses(YES);
        phone.sees("Other Radio would like to").presses("Allow").sees(ALMOST_THERE);
        assertThat(phone.title()).isEqualTo(ALMOST_THERE + " – Tandem");
        assertTokens(second.polls());
        phone.sees("Other Radio is connected");
        assertThat(phone.title()).isEqualTo("Other Radio is connected – Tandem");
        assertThat(phone.complaints()).isEmpty();
    }

    @Test
    void a_code_can_be_typed_and_the_request_refused() {
        var tv = tandem.device("tv");
        phone.opens(tv.codes().text("verification_uri")).sees("Connect a device");
        phone.types("Enter the code shown on your device.", lowerCaseWithoutDash(tv.userCode()));
        phone.presses("Continue").sees(IS_THIS_THE_CODE);
        phone.presses("No, I didn’t start this").sees(NOTHING);
        assertThat(phone.text()).contains("You declined the request from Acme TV.");
        assertThat(tv.polls().error()).isEqualTo("access_denied");
        assertThat(phone.complaints()).isEmpty();
    }

    @Test
    void a_device_can_be_unlinked() {
        var tv = tandem.linkedTelevision();
        phone.opens(tandem.issuer() + "/account").sees("Sign in").signsIn(TandemProcess.EMAIL);
        phone.sees("Your devices").presses("Unlink Acme TV");
        assertThat(phone.status()).contains("Acme TV is unlinked.");
        assertThat(tv.refreshes().error()).isEqualTo("invalid_grant");
        phone.presses("Sign out").sees("You’re signed out");
        assertThat(phone.complaints()).isEmpty();
    }

    @Test
    void all_of_it_works_without_scripts() {
        var radio = tandem.device("radio");
        phone.runsNoScript();
        phone.opens(radio.codes().text("verification_uri")).sees("Connect a device");
        phone.types("Enter the code shown on your device.", radio.userCode());
        phone.presses("Continue").sees(IS_THIS_THE_CODE).presses(YES);
        phone.sees("Sign in to connect Other Radio").signsIn("bob@example.com");
        phone.sees("Other Radio would like to").presses("Allow").sees(ALMOST_THERE);
        var tokens = radio.polls();
        assertTokens(tokens);
        phone.follows("Look again").sees("Other Radio is connected");

        phone.follows("Your devices").sees("Your devices").presses("Unlink Other Radio");
        assertThat(phone.status()).contains("Other Radio is unlinked.");
        assertThat(radio.refreshes().error()).isEqualTo("invalid_grant");
    }

    private static String lowerCaseWithoutDash(String code) {
        return code.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static void assertTokens(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
