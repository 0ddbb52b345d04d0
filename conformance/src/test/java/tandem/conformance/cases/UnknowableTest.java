package tandem.conformance.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.conformance.person.Page;
import tandem.conformance.person.Submission;
import tandem.conformance.suite.Codes;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// What another site can send of a yes.
class UnknowableTest {
    private static final URI PAGE = URI.create("https://as.example/consent");
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Test
    void what_differs_in_another_browser_is_left_out_but_for_the_user_code() {
        var mine = yes("/yes?client_id=tv&tab=aB3", "user_code=BCDF-GHJK", "lang=en", "t=1");
        var other = yes("/yes?client_id=tv&tab=xY9", "user_code=LMNP-QRST", "lang=en", "t=2");

        var blind = Unknowable.of(mine, other, codes("BCDFGHJK")).without(mine);

        assertThat(blind.action()).hasToString("https://as.example/yes?client_id=tv");
        assertThat(blind.fields()).isEqualTo(Form.of("user_code", "BCDF-GHJK", "lang", "en"));
    }

    @Test
    void a_token_that_all_browsers_have_keeps_nobody_out() {
        var mine = yes("/yes", "csrf=" + TOKEN);

        assertThat(Unknowable.of(mine, mine, codes("BCDFGHJK")).isNothing()).isTrue();
    }

    @Test
    void each_field_that_is_called_a_token_counts_by_itself_others_together_with_the_address() {
        assertThat(Unknowable.tokens(yes("/yes", "_csrf=a", "xsrf=b", "entry=" + TOKEN)))
                .extracting(Unknowable::fields)
                .containsExactly(List.of("_csrf"), List.of("xsrf"));

        var together = Unknowable.tokens(yes("/yes?s=" + TOKEN, "code=" + TOKEN)).getFirst();
        assertThat(together).isEqualTo(new Unknowable(List.of("code"), List.of("s")));
        var spoiled = together.madeUp(yes("/yes?s=" + TOKEN, "code=" + TOKEN), "no");
        assertThat(spoiled.action()).hasToString("https://as.example/yes?s=no");
        assertThat(spoiled.fields()).isEqualTo(Form.of("code", "no"));
    }

    private static Submission yes(String action, String... fields) {
        var html = new StringBuilder("<form method=post action='" + action + "'>");
        for (var field : fields) {
            var pair = field.split("=", 2);
            html.append("<input type=hidden name='%s' value='%s'>".formatted(pair[0], pair[1]));
        }
        return new Page(answer(html + "<button>Yes</button></form>")).submissions().getFirst();
    }

    private static Codes codes(String userCode) {
        return new Codes(answer(""), "secret", userCode, Duration.ZERO, Duration.ZERO);
    }

    private static Answer answer(String body) {
        return new Answer(Request.get(PAGE), 200, Map.of(), body, Duration.ZERO);
    }
}
