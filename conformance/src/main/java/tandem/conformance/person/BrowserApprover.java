package tandem.conformance.person;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// Approves in a real browser, by what each control is called and what kind it is.
///
/// One browser for all, one decision at a time, each beginning without cookies: for servers whose
/// pages do not work without scripts.
public final class BrowserApprover implements Approver, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SETTLING = Duration.ofMillis(1_500);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int STEPS = 15;
    private static final String PASSWORD = "input[type=password]";
    private static final String TYPED =
            "input:not([type]), input[type=text], input[type=search], input[type=tel],"
                    + " input[type=number], input[type=email]";
    private static final String BUTTONS =
            "button, input[type=submit], input[type=button], input[type=image], [role=button]";

    /// Held, or its level would be forgotten. It warns of tools for developers, which nobody asks
    /// for.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final Person person;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<WebDriver> browser = Optional.empty();

    public BrowserApprover(Person person) {
        this.person = person;
        SELENIUM.setLevel(Level.SEVERE);
    }

    @Override
    public void decides(Visitor visitor, URI page, String userCode, Wish wish) {
        lock.lock();
        try {
            var driver = browser();
            driver.manage().deleteAllCookies();
            driver.get(page.toString());
            walk(driver, userCode, wish);
        } catch (WebDriverException e) {
            throw new Lost("the browser: " + firstLine(e), e);
        } finally {
            lock.unlock();
        }
    }

    private void walk(WebDriver driver, String userCode, Wish wish) {
        boolean codeTyped = false;
        boolean refused = false;
        var fruitless = new HashSet<String>();
        for (int step = 0; step < STEPS; step++) {
            waitsForControls(driver);
            var password = shown(driver, PASSWORD).stream().findFirst();
            var typed = shown(driver, TYPED);
            Optional<WebElement> pressed;
            if (password.isPresent() || (codeTyped && !typed.isEmpty())) {
                typed.stream().findFirst().ifPresent(field -> type(field, person.user()));
                password.ifPresent(field -> type(field, person.password()));
                pressed = button(driver, Leaning.YES, Set.of());
            } else if (!codeTyped && !typed.isEmpty()) {
                codeTyped = true;
                type(typed.getFirst(), userCode);
                pressed = button(driver, Leaning.YES, Set.of());
            } else {
                var no = wish == Wish.DENY ? refusal(driver) : Optional.<WebElement>empty();
                refused |= no.isPresent();
                pressed = no.or(() -> button(driver, Leaning.YES, fruitless));
            }
            if (pressed.isEmpty()) {
                if (wish == Wish.DENY && !refused) {
                    throw new NoSuchChoice();
                }
                return;
            }
            var place = place(driver, pressed.get());
            var before = words(driver);
            press(driver, pressed.get());
            if (words(driver).equals(before)) {
                fruitless.add(place);
            }
        }
        throw new Lost("no end after " + STEPS + " pages, at \"" + driver.getTitle() + "\"");
    }

    /// A page may be written by its scripts, a moment after it was loaded.
    private static void waitsForControls(WebDriver driver) {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() < end
                && shown(driver, BUTTONS + ", " + TYPED + ", " + PASSWORD).isEmpty()) {
            pause();
        }
    }

    private static String words(WebDriver driver) {
        return driver.findElement(By.tagName("body")).getText();
    }

    /// Tells a button from its namesakes on other pages.
    private static String place(WebDriver driver, WebElement button) {
        return driver.getCurrentUrl() + " " + name(button);
    }

    private static Optional<WebElement> refusal(WebDriver driver) {
        return button(driver, Leaning.NO, Set.of()).or(() -> refusingLink(driver));
    }

    private static List<WebElement> shown(WebDriver driver, String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .filter(element -> element.isDisplayed() && element.isEnabled())
                .toList();
    }

    private static void type(WebElement field, String text) {
        field.clear();
        field.sendKeys(text);
    }

    /// @param fruitless buttons that were pressed, and nothing came of it
    private static Optional<WebElement> button(
            WebDriver driver, Leaning leaning, Set<String> fruitless) {
        return shown(driver, BUTTONS).stream()
                .filter(button -> Leaning.of(name(button), hints(button)) == leaning)
                .filter(button -> !fruitless.contains(place(driver, button)))
                .findFirst();
    }

    private static Optional<WebElement> refusingLink(WebDriver driver) {
        return shown(driver, "a[href]").stream()
                .filter(link -> Leaning.of(name(link)) == Leaning.NO)
                .findFirst();
    }

    /// What assistive technology would call it.
    private static String name(WebElement element) {
        var name = element.getAccessibleName();
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }

    private static String hints(WebElement element) {
        return attribute(element, "name") + " " + attribute(element, "value");
    }

    private static String attribute(WebElement element, String name) {
        var value = element.getDomAttribute(name);
        return value == null ? "" : value;
    }

    /// Presses, and waits until another page stands there, or nothing moves any more.
    private static void press(WebDriver driver, WebElement button) {
        var document = driver.findElement(By.tagName("html"));
        button.click();
        long settled = System.nanoTime() + SETTLING.toNanos();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            pause();
            if (isGone(document) ? isReady(driver) : System.nanoTime() > settled) {
                return;
            }
        }
        throw new Lost("no page after pressing a button, at \"" + driver.getTitle() + "\"");
    }

    private static boolean isGone(WebElement document) {
        try {
            document.isEnabled();
            return false;
        } catch (StaleElementReferenceException e) {
            return true;
        }
    }

    private static boolean isReady(WebDriver driver) {
        return driver instanceof JavascriptExecutor scripts
                && "complete".equals(scripts.executeScript("return document.readyState"));
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Lost("interrupted", e);
        }
    }

    private WebDriver browser() {
        if (browser.isEmpty()) {
            browser = Optional.of(start());
        }
        return browser.get();
    }

    private static WebDriver start() {
        var options = new ChromeOptions();
        options.setBinary(System.getProperty("conformance.chromium", "/usr/bin/chromium"));
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.setAcceptInsecureCerts(true);
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(
                                new java.io.File(
                                        System.getProperty(
                                                "conformance.chromedriver",
                                                "/usr/bin/chromedriver")))
                        .build();
        return new ChromeDriver(service, options);
    }

    private static String firstLine(WebDriverException e) {
        var message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        lock.lock();
        try {
            browser.ifPresent(WebDriver::quit);
        } finally {
            lock.unlock();
        }
    }
}
