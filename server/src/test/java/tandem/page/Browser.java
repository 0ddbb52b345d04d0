package tandem.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tandem.scenario.Tool;

/// The machine's Chromium, without a window and with a profile of its own.
public final class Browser implements AutoCloseable {

    public enum Scheme {
        LIGHT,
        DARK;

        String value() {
            return this == LIGHT ? "light" : "dark";
        }
    }

    private static final List<String> QUIET =
            List.of(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--hide-scrollbars");

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int HEIGHT = 844;

    public final ChromeDriver driver;

    private final String axe;

    private Browser(ChromeDriver driver, String axe) {
        this.driver = driver;
        this.axe = axe;
    }

    /// Opens it, where there is Chromium with its driver.
    public static Browser open() throws IOException {
        var chromium = Tool.needed("chromium", "google-chrome");
        var chromedriver = Tool.needed("chromedriver");
        var axe = axe();
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.SEVERE);
        var options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        options.addArguments(QUIET);
        options.addArguments("--user-data-dir=" + Files.createTempDirectory("tandem-browser"));
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        var service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .build();
        return new Browser(new ChromeDriver(service, options), axe);
    }

    public void looksThrough(int width, Scheme scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme.value()),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /// What the page complained of: a refused script or style, a file not found, an exception.
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("/favicon.ico"))
                .toList();
    }

    /// What axe-core finds wrong under the rules of these tags, each with its place.
    List<?> violations(List<String> tags) {
        driver.executeScript(axe);
        var found =
                driver.executeAsyncScript(
                        """
                        const [tags, told] = arguments;
                        const place = node => node.target.join(' ') + ': ' + node.failureSummary;
                        axe.run({ runOnly: tags, resultTypes: ['violations'] }).then(result =>
                            told(result.violations.map(v => v.id + ' at ' + v.nodes.map(place))));
                        """,
                        tags);
        return (List<?>) Objects.requireNonNull(found);
    }

    Object run(String script, Object... arguments) {
        var result = driver.executeScript(script, arguments);
        return result == null ? "" : result;
    }

    /// Keeps a picture, and says where.
    public Path photograph(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        return Files.write(
                SCREENSHOTS.resolve(name.replace('/', '-') + ".png"),
                driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    /// The script as axe-core's own library for browsers brings it.
    private static String axe() throws IOException {
        try (var script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(
                    Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
