package tandem.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tandem.page.Consent.ApiScopes;

class PagesTest {

    private static final Pages PAGES = Pages.in(Theme.STANDARD);
    private static final Texts ENGLISH = Texts.load("en");
    private static final Pattern TAG = Pattern.compile("<[a-z][^>]*>");
    private static final Pattern FORM = Pattern.compile("(?s)<form.*?</form>");

    static Stream<String> samples() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_page_can_be_drawn_in_every_language(String sample) {
        for (var language : Languages.spoken()) {
            var drawn = PAGES.draw(Samples.named(sample), Texts.load(language));
            assertThat(new String(drawn, StandardCharsets.UTF_8))
                    .contains("<html lang=\"" + language + "\" dir=\"ltr\">", "<h1>", "</html>");
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothing_is_inline_and_nothing_comes_from_elsewhere(String sample) {
        var tags = TAG.matcher(html(sample)).results().map(MatchResult::group).toList();
        assertThat(tags)
                .noneMatch(tag -> tag.contains(" style=") || tag.startsWith("<style"))
                .noneMatch(tag -> tag.matches("(?s).*\\son[a-z]+=.*"))
                .noneMatch(tag -> tag.startsWith("<script") && !tag.contains(" src=\"/assets/"))
                .noneMatch(tag -> tag.matches("(?s).*(src|href|action)=\"(?!/|\").*"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_form_is_posted_with_its_token(String sample) {
        var forms = FORM.matcher(html(sample)).results().map(MatchResult::group);
        assertThat(forms)
                .allMatch(form -> form.contains("method=\"post\""))
                .allMatch(form -> form.contains("name=\"csrf\" value=\"csrf\""));
    }

    @Test
    void what_comes_from_outside_is_text_and_turns_nothing_around() {
        var name = "<script>alert(1)</script>\u202e\"'";
        var app = new App(name, Optional.of("\"><script>"), false);
        var confirm = (Confirm) Samples.named("confirm");
        var consent = (Consent) Samples.named("consent");
        var scopes = List.of(new ScopeLine(name, name), new ScopeLine(name, ""));
        var apis = List.of(new ApiScopes(Optional.of(name), scopes));
        var hostile =
                List.of(
                        new Confirm(
                                name, app, hostile(confirm.facts(), name), scopes, confirm.form()),
                        new Consent(
                                app,
                                new Person(name, name),
                                apis,
                                List.of(
                                        new Consent.Detail(
                                                name, List.of(new Consent.Value(name, name)))),
                                Optional.empty(),
                                name,
                                confirm.facts(),
                                consent.form()),
                        new Done(app, true, name),
                        new SignIn(
                                Optional.of(app),
                                List.of(new SignIn.Option.Provider(name, name)),
                                new SignInTrouble.ProviderDown(name),
                                name,
                                Optional.of(name),
                                name));
        for (var page : hostile) {
            var html = html(page);
            assertThat(html).doesNotContain("<script>").contains("&lt;script&gt;alert(1)");
            assertThat(html).contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;\u202e\"'</bdi>");
        }
    }

    @Test
    void a_code_typed_wrong_is_given_back_and_never_run() {
        var page = (EnterCode) Samples.named("enter-invalid");
        var html =
                html(
                        new EnterCode(
                                page.trouble(),
                                "\" autofocus onfocus=\"alert(1)",
                                page.shape(),
                                0,
                                page.person(),
                                "csrf"));
        assertThat(html).contains("value=\"&#34; autofocus onfocus=&#34;alert(1)\"");
    }

    @Test
    void yes_and_no_weigh_the_same_and_the_warning_stands_before_them() {
        var html = html("confirm-away");
        assertThat(html)
                .contains("<button class=\"button\" type=\"submit\" name=\"answer\" value=\"yes\">")
                .contains("<button class=\"button\" type=\"submit\" name=\"answer\" value=\"no\">")
                .doesNotContain("autofocus");
        assertThat(html.indexOf("Only continue if you started this yourself"))
                .isBetween(0, html.indexOf("value=\"yes\""));
        assertThat(html.indexOf("The device is not on your network"))
                .isBetween(0, html.indexOf("value=\"yes\""));
    }

    @Test
    void the_confirm_page_tells_all_that_is_known() {
        assertThat(html("confirm"))
                .contains("WDJB-MJHT", "Acme TV", "40 seconds ago", "203.0.113.5")
                .contains("Bern, Switzerland", "(your network)", "Living-room TV", "X-900")
                .contains("See the shows you have saved", "Chrome on Android");
    }

    @Test
    void the_consent_page_says_how_long_the_link_can_last() {
        assertThat(html("consent")).contains("stays connected for up to 30 days");
        assertThat(html("consent-final")).doesNotContain("stays connected");
    }

    @Test
    void the_field_is_marked_where_the_code_was_wrong() {
        assertThat(html("enter-invalid"))
                .contains("aria-invalid=\"true\"", "aria-describedby=\"code-trouble\"")
                .contains("role=\"alert\"");
        assertThat(html("enter")).doesNotContain("aria-invalid", "role=\"alert\"");
        assertThat(html("enter-break")).doesNotContain("<input", "<button");
    }

    private static RequestFacts hostile(RequestFacts facts, String name) {
        return new RequestFacts(
                facts.age(),
                name,
                Optional.of(name),
                Optional.of(name),
                facts.network(),
                Optional.of(name),
                Optional.of(name),
                true);
    }

    private static String html(String sample) {
        return html(Samples.named(sample));
    }

    private static String html(Page page) {
        return new String(PAGES.draw(page, ENGLISH), StandardCharsets.UTF_8);
    }
}
