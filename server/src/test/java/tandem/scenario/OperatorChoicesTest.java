package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.Logo;
import tandem.oauth.ClientId;
import tandem.store.Documents;

/// What the operator chooses, as people meet it: the address, looks and login options.
class OperatorChoicesTest {
    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    @Test
    void the_operator_s_looks_are_on_every_page_and_a_logo_runs_no_script() {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
        var logo = Logo.of(svg.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        tandem.server()
                .store()
                .write(tx -> {
                    tx.logos().add(logo);
                    var written = Documents.tree(tx.registered().tenant());
                    written.put("friendly_name", "Acme <b>").put("accent_color", "#aa0000");
                    tx.registry().put(Documents.tenant(written.put("logo", logo.path())));
                    return true;
                });
        var page = tandem.browser().opens("/activate").page();
        assertThat(page.body()).contains("Acme &lt;b&gt;", "src=\"" + logo.path() + "\"");
        var style = page.body().replaceFirst("(?s).*href=\"(/assets/theme[^\"]*)\".*", "$1");
        assertThat(tandem.http().get(style).body()).contains("#aa0000");
        var served = tandem.http().get(logo.path());
        assertThat(served.header("Content-Type")).contains("image/svg+xml");
        assertThat(served.header("Content-Security-Policy").orElse("")).contains("sandbox");
        assertThat(served.body()).isEqualTo(svg);
        assertThat(tandem.http().get("/logos/none.svg").status()).isEqualTo(404);
    }

    @Test
    void who_types_only_the_host_is_led_to_the_code_field() {
        assertThat(tandem.browser().opens("/").page().heading()).isEqualTo("Connect a device");
    }

    @Test
    void a_session_that_came_by_another_login_option_counts_for_nothing() {
        tandem.server()
                .store()
                .write(tx -> {
                    var tv = tx.registered().client(new ClientId("tv")).orElseThrow();
                    var written = Documents.tree(tv);
                    written.putArray("connections").add("corp");
                    tx.registry().put(Documents.client(written, tv.secret()));
                    return true;
                });
        var browser = tandem.browser().opens("/account");
        browser.submits("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD);
        var tv = tandem.television();
        browser.enters(tv.userCode()).confirms();
        assertThat(browser.page().heading()).contains("Sign in to connect");
        assertThat(browser.page().plain()).doesNotContain("Password");
        assertThat(tv.polls().error()).isEqualTo("authorization_pending");
    }
}
