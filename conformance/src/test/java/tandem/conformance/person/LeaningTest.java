package tandem.conformance.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Buttons, as servers call them.
class LeaningTest {
    @Test
    void what_goes_on_is_a_yes() {
        assertAll(
                Leaning.YES,
                List.of(
                        "Yes, it's my device",
                        "Yes",
                        "Allow",
                        "Approve",
                        "Continue",
                        "Sign in",
                        "Sign-in",
                        "Log In",
                        "Confirm",
                        "Grant access",
                        "Submit",
                        "Authorize",
                        "Next",
                        "Ja, zulassen"));
    }

    @Test
    void what_refuses_is_a_no_also_with_a_word_of_yes_in_it() {
        assertAll(
                Leaning.NO,
                List.of(
                        "No, I didn't start this",
                        "No",
                        "Deny",
                        "Don't allow",
                        "Do not connect",
                        "[ Abort ]",
                        "[ Cancel ]",
                        "Decline",
                        "Reject",
                        "Nicht zulassen"));
    }

    @Test
    void what_leads_elsewhere_is_neither() {
        assertAll(
                Leaning.ELSEWHERE,
                List.of(
                        "Sign out",
                        "Use another account",
                        "Not you?",
                        "Forgot password?",
                        "Create account",
                        "Show password",
                        "English",
                        ""));
    }

    @Test
    void a_label_wins_over_the_name_and_a_name_helps_where_the_label_is_mute() {
        assertThat(Leaning.of("Yes", "cancel no")).isEqualTo(Leaning.YES);
        assertThat(Leaning.of("→", "answer allow")).isEqualTo(Leaning.YES);
        assertThat(Leaning.of("×", "answer deny")).isEqualTo(Leaning.NO);
        assertThat(Leaning.of("Sign out", "submit")).isEqualTo(Leaning.ELSEWHERE);
    }

    private static void assertAll(Leaning leaning, List<String> labels) {
        for (var label : labels) {
            assertThat(Leaning.of(label, "")).as(label).isEqualTo(leaning);
        }
    }
}
