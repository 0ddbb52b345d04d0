package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tandem.page.Browser;

/// What a real browser lets a page of another origin read: an app on a television is often one.
@Isolated
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class PageOfAnotherOriginTest {
    private static final String BLOCKED = "TypeError";

    private TestTandem tandem;
    private HttpServer elsewhere;
    private Browser browser;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        browser = Browser.open();
        elsewhere =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        elsewhere.start();
        var origin = "http://127.0.0.1:" + elsewhere.getAddress().getPort();
        tandem = TestTandem.in(folder);
        tandem.changeClient("tv", client -> Changed.origins(client, origin));
        browser.driver.get(origin);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
            elsewhere.stop(0);
            tandem.close();
        }
    }

    /// What the page reads of an answer, or the name of the error that it gets instead.
    private String reads(String path, String options) {
        var script =
                """
                const done = arguments[arguments.length - 1];
                fetch('%s%s', %s).then(answer => answer.text()).then(done, e => done(e.name));
                """
                        .formatted(tandem.issuer(), path, options);
        return String.valueOf(browser.driver.executeAsyncScript(script));
    }

    private String posts(String path, String form, String headers) {
        return reads(
                path,
                "{method: 'POST', body: new URLSearchParams('%s'), headers: {%s}}"
                        .formatted(form, headers));
    }

    @Test
    void the_page_of_a_client_runs_the_flow() {
        assertThat(reads("/.well-known/openid-configuration", "{}")).contains("token_endpoint");
        assertThat(posts("/oauth/device/code", "client_id=tv", "")).contains("user_code");
        var device = tandem.device("tv", "scope", "openid profile");
        var poll =
                "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=tv&device_code="
                        + device.deviceCode();
        // With a header that has to be asked leave for first.
        assertThat(posts("/oauth/token", poll, "Prefer: 'wait=1'"))
                .contains("authorization_pending");
        tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(posts("/oauth/token", poll, "")).contains("access_token");
        var token = tandem.linkedTelevision().refreshes().text("access_token");
        assertThat(reads("/userinfo", "{headers: {Authorization: 'Bearer %s'}}".formatted(token)))
                .contains("sub");
    }

    @Test
    void it_reads_nothing_else() {
        assertThat(posts("/oauth/device/code", "client_id=radio", "")).isEqualTo(BLOCKED);
        assertThat(reads("/activate", "{}")).isEqualTo(BLOCKED);
        assertThat(reads("/account", "{credentials: 'include'}")).isEqualTo(BLOCKED);
        assertThat(
                        reads(
                                "/oauth/device/code",
                                "{method: 'POST', credentials: 'include',"
                                        + " body: new URLSearchParams('client_id=tv')}"))
                .as("no answer is for a page that sends cookies along")
                .isEqualTo(BLOCKED);
        assertThat(posts("/oauth/introspect", "client_id=tv&token=x", "")).isEqualTo(BLOCKED);
    }
}
