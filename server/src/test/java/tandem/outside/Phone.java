package tandem.outside;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import tandem.page.Browser;

/// Chromium in the size of a phone, used as a screen reader uses it: what a page offers is found by
/// its role and its name.
///
/// Forgets its cookies before each test. When a test fails, a picture of the page is kept.
final class Phone
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterAllCallback {
    private static final int WIDTH = 390;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int BETWEEN_LOOKS_MS = 50;

    private Optional<Browser> opened = Optional.empty();

    Phone opens(String address) {
        driver().get(address);
        return this;
    }

    /// From now on, for one test.
    void runsNoScript() {
        scripts(false);
    }

    Phone types(String label, String text) {
        one("input", "", label).sendKeys(text);
        return this;
    }

    Phone presses(String button) {
        one("button", "button", button).click();
        return this;
    }

    /// On the keyboard, wherever the focus is.
    Phone keys(CharSequence... keys) {
        driver().switchTo().activeElement().sendKeys(keys);
        return this;
    }

    /// The name of what has the focus.
    String focused() {
        return heard(driver().switchTo().activeElement().getAccessibleName());
    }

    Phone follows(String link) {
        one("a", "link", link).click();
        return this;
    }

    Phone signsIn(String email) {
        types("E-mail", email).types("Password", TandemProcess.PASSWORD);
        return presses("Sign in");
    }

    /// Waits until the page has this heading.
    Phone sees(String heading) {
        one("h1", "heading", heading);
        return this;
    }

    /// Waits until the page says something in passing.
    Phone hears(String words) {
        sought(
                "nobody says \"" + words + '"',
                () ->
                        driver().findElements(By.cssSelector("[role=status]")).stream()
                                .filter(WebElement::isDisplayed)
                                .filter(element -> element.getText().contains(words))
                                .findFirst());
        return this;
    }

    /// What the page says in passing.
    String status() {
        return sought("no status", () -> offered("[role=status]", "status", "")).getText();
    }

    String title() {
        return heard(driver().getTitle());
    }

    String text() {
        return driver().findElement(By.tagName("main")).getText();
    }

    /// What the browser complained of since the last look: a refused script or style, a missing
    /// file.
    List<String> complaints() {
        return browser().complaints();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        opened = Optional.of(Browser.open());
        browser().looksThrough(WIDTH, Browser.Scheme.LIGHT);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        scripts(true);
        driver().executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver().get("about:blank");
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            var name = "phone-" + context.getRequiredTestMethod().getName();
            System.err.println("The page is pictured in " + browser().photograph(name));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        opened.ifPresent(Browser::close);
        opened = Optional.empty();
    }

    private void scripts(boolean run) {
        driver().executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    }

    private WebElement one(String selector, String role, String name) {
        return sought("no " + role + " \"" + name + '"', () -> offered(selector, role, name));
    }

    /// The visible element with this role and name; each may be empty for any.
    private Optional<WebElement> offered(String selector, String role, String name) {
        return driver().findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .filter(element -> role.isEmpty() || role.equals(element.getAriaRole()))
                .filter(element ->
                        name.isEmpty() || name.equals(heard(element.getAccessibleName())))
                .findFirst();
    }

    /// Looks again and again: a page may be on its way, or change under the look.
    private <T> T sought(String otherwise, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                var found = look.get();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (StaleElementReferenceException e) {
                // That page has gone; the next look is at its successor.
            }
            pause();
        }
        throw new AssertionError(otherwise + " on the page \"" + title() + "\":\n" + text());
    }

    /// Without the marks that keep a name's direction, which nobody hears.
    private static String heard(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\u2068\\u2069]", "");
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while looking at a page", e);
        }
    }

    private ChromeDriver driver() {
        return browser().driver;
    }

    private Browser browser() {
        return opened.orElseThrow(() -> new IllegalStateException("not opened"));
    }
}
