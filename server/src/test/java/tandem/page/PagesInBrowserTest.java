package tandem.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import tandem.page.Browser.Scheme;

/// The pages as a browser shows them. Needs Chromium: skipped without it, unless `CI` is `true`.
///
/// Screenshots are kept in `target/screenshots` of what fails, and of everything with
/// `-Dscreenshots=true`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesInBrowserTest {

    private static final int PHONE = 390;
    private static final int TARGET_MIN = 48;
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private @Nullable Browser opened;
    private @Nullable PageServer serving;

    @BeforeAll
    void open() throws IOException {
        opened = Browser.open();
        serving = new PageServer();
    }

    @AfterAll
    void close() {
        if (opened != null) {
            opened.close();
        }
        if (serving != null) {
            serving.close();
        }
    }

    static Stream<String> samples() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_page_shuts_nobody_out(String sample) throws IOException {
        for (var scheme : Scheme.values()) {
            look(scheme == Scheme.LIGHT ? "en" : "ar", sample, PHONE, scheme);
            var violations = browser().violations(RULES);
            keep(sample, scheme, violations.isEmpty());
            assertThat(violations).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothing_sticks_out_at_any_width_or_zoom(String sample) {
        look("de", sample, PHONE, Scheme.LIGHT);
        for (int width : new int[] {320, 360, PHONE, 640, 768, 1280}) {
            browser().looksThrough(width, Scheme.LIGHT);
            assertThat(browser().run("return document.documentElement.scrollWidth"))
                    .as(sample + " at " + width)
                    .isEqualTo((long) width);
        }
        assertThat(browser().complaints()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_thumb_hits_every_button(String sample) {
        look("de", sample, PHONE, Scheme.LIGHT);
        var small =
                browser()
                        .run(
                                """
                                return [...document.querySelectorAll('a, button, input, summary')]
                                    .filter(e => e.checkVisibility() && e.type !== 'hidden')
                                    .filter(e => e.getBoundingClientRect().height < arguments[0])
                                    .map(e => e.outerHTML).join('\\n')
                                """,
                                TARGET_MIN);
        assertThat(small).isEqualTo("");
    }

    @Test
    void the_code_field_has_the_focus_and_no_answer_ever_has() {
        look("en", "enter-invalid", PHONE, Scheme.LIGHT);
        assertThat(browser().run("return document.activeElement.id")).isEqualTo("code");
        for (var sample : List.of("confirm", "consent", "consent-final")) {
            look("en", sample, PHONE, Scheme.LIGHT);
            assertThat(browser().run("return document.activeElement.tagName")).isEqualTo("BODY");
        }
    }

    @Test
    void the_dash_comes_by_itself_and_never_stands_in_the_way() {
        look("en", "enter", PHONE, Scheme.LIGHT);
        var field = browser().driver.findElement(By.id("code"));
        field.sendKeys("wdjb");
        assertThat(code()).isEqualTo("WDJB-");
        field.sendKeys("mj");
        assertThat(code()).isEqualTo("WDJB-MJ");
        field.sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE);
        assertThat(code()).isEqualTo("WDJB");
        field.sendKeys("-mjht");
        assertThat(code()).isEqualTo("WDJB-MJHT");
        field.sendKeys(Keys.HOME, Keys.ARROW_RIGHT, "x");
        assertThat(code()).isEqualTo("WXDJ-BMJHT");
        assertThat(browser().run("return document.getElementById('code').selectionStart"))
                .isEqualTo(2L);
    }

    @Test
    void a_pasted_code_is_put_in_order() {
        look("en", "enter", PHONE, Scheme.LIGHT);
        browser()
                .run(
                        """
                        document.getElementById('code').focus();
                        document.execCommand('insertText', false, '  wdjb mjht ');
                        """);
        assertThat(code()).isEqualTo("WDJB-MJHT");
    }

    @Test
    void the_done_page_says_so_when_the_device_is_in() {
        serving().deviceIs("approved");
        look("en", "done-waiting", PHONE, Scheme.LIGHT);
        assertThat(heading()).isEqualTo("Almost there: finishing on your device");
        serving().deviceIs("redeemed");
        browser()
                .driver
                .executeAsyncScript(
                        """
                        const told = arguments[arguments.length - 1];
                        const ending = document.querySelector('.ending');
                        new MutationObserver(told).observe(ending, { attributes: true });
                        """);
        assertThat(heading()).isEqualTo("Acme TV is connected");
        assertThat(browser().driver.getTitle()).contains("is connected – Tandem");
    }

    @Test
    void a_password_can_be_looked_at() {
        look("en", "sign-in", PHONE, Scheme.LIGHT);
        browser().driver.findElement(By.className("reveal")).click();
        assertThat(browser().run("return document.getElementById('password').type"))
                .isEqualTo("text");
    }

    private void look(String language, String sample, int width, Scheme scheme) {
        browser().looksThrough(width, scheme);
        browser().driver.get(serving().url(language, sample));
    }

    private void keep(String sample, Scheme scheme, boolean passed) throws IOException {
        if (!passed || Boolean.getBoolean("screenshots")) {
            browser().photograph(sample + "-" + scheme.value());
        }
    }

    private Object code() {
        return browser().run("return document.getElementById('code').value");
    }

    private String heading() {
        return (String)
                browser()
                        .run(
                                """
                                return [...document.querySelectorAll('h1')]
                                    .find(e => e.checkVisibility()).textContent
                                """);
    }

    private Browser browser() {
        if (opened == null) {
            throw new IllegalStateException("not opened");
        }
        return opened;
    }

    private PageServer serving() {
        if (serving == null) {
            throw new IllegalStateException("not opened");
        }
        return serving;
    }
}
