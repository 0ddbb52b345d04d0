package tandem.conformance.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// The person's way through pages as several servers write them.
class WalkTest {
    private static final String CODE =
            """
            <h1>Connect a device</h1><form method="post" action="/device">
            <label for="c">Code on your device</label><input id="c" name="user_code"><input type="hidden" name="xsrf" value="x1">
            <button type="submit">Continue</button></form>
            <form action="/language"><select name="l"><option>en</option></select><button>English</button></form>
            """;
    private static final String LOGIN =
            """
            <h1>Sign in</h1><form method="post" action="/login?step=2"><input name="email" type="email"><input name="pw" type="password">
            <button type="button">Show</button><input type="submit" name="login" value="Sign In"></form>
            """;
    private static final String CONSENT =
            """
            <h1>Grant access?</h1><form method="post" action="/logout"><button>Use another account</button></form>
            <form id="f" method="post" action="/consent"><input type="hidden" name="session" value="s1"></form>
            <button type="submit" form="f" name="accept" value="1">Yes</button><button type="submit" form="f" name="cancel" value="1">No</button>
            """;
    private static final String DONE = "<h1>Done</h1><p>You can close this window.</p>";

    private static final URI PAGE = URI.create("https://as.example/device");

    private List<String> setCookies = List.of();
    private final Deque<String> pages = new ArrayDeque<>();
    private final List<Request> sent = new ArrayList<>();

    @Test
    void a_code_a_login_and_a_yes_lead_to_the_end() {
        var walk = walk(Wish.ALLOW, CODE, LOGIN, CONSENT, DONE);

        walk.toEnd();

        assertThat(sent)
                .extracting(request -> request.uri().getPath())
                .containsExactly("/device", "/device", "/login", "/consent");
        assertThat(form(1)).contains("user_code=BCDF-GHJK", "xsrf=x1");
        assertThat(form(2)).contains("email=ada", "pw=secret", "login=Sign+In");
        assertThat(form(3)).contains("accept=1", "session=s1").doesNotContain("cancel");
    }

    @Test
    void a_no_is_said_on_the_first_page_that_has_one() {
        walk(Wish.DENY, CODE, CONSENT, DONE).toEnd();

        assertThat(form(2)).contains("cancel=1").doesNotContain("accept");
    }

    @Test
    void a_no_may_be_a_link() {
        walk(
                        Wish.DENY,
                        CODE,
                        "<h1>Login</h1><form method=post action=/go><button>Continue</button></form><a href=/abort>[ Cancel ]</a>",
                        DONE)
                .toEnd();

        assertThat(sent.getLast().uri().getPath()).isEqualTo("/abort");
        assertThat(sent.getLast().method()).isEqualTo("GET");
    }

    @Test
    void a_form_of_hidden_fields_alone_sends_itself() {
        walk(
                        Wish.ALLOW,
                        CODE,
                        "<form method=post action=/resume><input type=hidden name=t value=1></form>",
                        DONE)
                .toEnd();

        assertThat(sent.getLast().uri().getPath()).isEqualTo("/resume");
    }

    @Test
    void a_form_that_a_script_sends_is_no_decision_though_it_has_a_button_without_scripts() {
        var walk =
                walk(
                        Wish.DENY,
                        CODE,
                        "<form method=post action=/resume><input type=hidden name=t value=1>"
                                + "<noscript><button>Continue</button></noscript></form>",
                        CONSENT,
                        DONE);

        assertThat(walk.toDecision()).map(Submission::label).contains("No");
        assertThat(sent.getLast().uri().getPath()).isEqualTo("/resume");
    }

    @Test
    void a_thief_of_what_scripts_see_has_no_hidden_cookies() {
        setCookies = List.of("sid=1; HttpOnly; Path=/", "hash=2; Path=/");
        pages.addAll(List.of(CODE, CODE));
        var visitor = new Visitor(this::answer);
        visitor.opens(PAGE);

        visitor.losesHiddenCookies();
        visitor.opens(PAGE);

        assertThat(sent.getLast().header("Cookie")).contains("hash=2");
    }

    @Test
    void whoever_wants_to_refuse_and_cannot_says_so() {
        var walk =
                walk(
                        Wish.DENY,
                        CODE,
                        "<form method=post action=/go><button>Continue</button></form>",
                        DONE);

        assertThatExceptionOfType(NoSuchChoice.class).isThrownBy(walk::toEnd);
    }

    @Test
    void whoever_is_asked_for_the_code_again_is_lost() {
        var walk = walk(Wish.ALLOW, CODE, CODE);

        assertThatExceptionOfType(Lost.class).isThrownBy(walk::toEnd);
    }

    @Test
    void a_login_that_leads_back_to_itself_is_given_up() {
        var walk = walk(Wish.ALLOW, CODE, LOGIN, LOGIN, LOGIN, LOGIN);

        assertThatExceptionOfType(Lost.class).isThrownBy(walk::toEnd);
    }

    private Walk walk(Wish wish, String... html) {
        pages.addAll(List.of(html));
        var visitor = new Visitor(this::answer);
        var first = visitor.opens(PAGE);
        return new Walk(visitor, new Person("ada", "secret"), first, "BCDF-GHJK", wish);
    }

    private Answer answer(Request request) {
        sent.add(request);
        return new Answer(
                request,
                200,
                Map.of("Content-Type", List.of("text/html"), "Set-Cookie", setCookies),
                pages.remove(),
                Duration.ZERO);
    }

    private List<String> form(int at) {
        assertThat(sent.get(at).header("Content-Type")).contains(Form.TYPE);
        return List.of(sent.get(at).body().split("&"));
    }
}
