package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestClock;
import tandem.scenario.TestDevice;

/// `tandem demo` as a newcomer meets it: the sample television with a remote control alone, and the
/// sample API.
@TestInstance(Lifecycle.PER_CLASS)
class DemoTest {
    private static final String CONNECT = "Connect this television";
    private static final Pattern CODE = Pattern.compile("[B-Z]{4}-[B-Z]{4}");

    @RegisterExtension final Phone television = new Phone();
    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem.startsDemoIn(folder);
    }

    @Test
    void it_says_what_to_open_and_how_to_sign_in() {
        assertThat(tandem.output())
                .contains(
                        tandem.issuer() + "/demo/tv",
                        tandem.issuer() + "/activate",
                        TandemProcess.EMAIL,
                        TandemProcess.PASSWORD,
                        "Ctrl-C");
        assertThat(tandem.http().get("/").location()).isEqualTo("/demo/tv");
    }

    @Test
    void a_television_is_connected_refreshes_and_says_when_it_was_unlinked() {
        television.opens(tandem.issuer() + "/demo/tv").sees(CONNECT);
        assertThat(television.focused()).isEqualTo("Open on this screen");
        var first = code();
        var phone = approves(tandem.browser(), first);

        television.sees("Hello, Ada Lovelace");
        assertThat(television.text()).contains("Metropolis", "The General");
        assertThat(television.focused()).isEqualTo("Refresh now");
        television.keys(Keys.ARROW_RIGHT);
        assertThat(television.focused()).isEqualTo("Sign out");
        television.keys(Keys.ARROW_LEFT).keys(Keys.ENTER).hears("Refreshed at");

        phone.opens("/account").submits("/account/unlink");
        television.keys(Keys.ENTER).hears("This television was unlinked");
        television.keys(Keys.ENTER).sees(CONNECT);
        assertThat(code()).isNotEqualTo(first);
        assertThat(television.complaints())
                .as("only the refused refresh")
                .allMatch(complaint -> complaint.contains("/oauth/token"));
    }

    @Test
    void a_television_says_when_the_person_declined() {
        television.opens(tandem.issuer() + "/demo/tv").sees(CONNECT);
        tandem.browser().enters(code()).declines();
        television.hears("Nothing was connected");
        assertThat(television.focused()).isEqualTo("Get a new code");
    }

    @Test
    void the_sample_api_believes_only_tokens_for_it() {
        var without = tandem.http().get("/demo/api");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).contains("Bearer realm=\"demo\"");
        assertRefused(api("no.to.ken"), 401, "invalid_token");
        var phone = tandem.browser();
        assertRefused(api(token(phone, "openid")), 401, "invalid_token");
        assertRefused(api(token(phone, "openid", "audience", AUDIENCE)), 403, "insufficient_scope");
        var good = token(phone, "read:library", "audience", AUDIENCE);
        assertThat(api(good).json().path("library").size()).isEqualTo(3);
        assertRefused(api(good.substring(0, good.length() - 4) + "AAAA"), 401, "invalid_token");
    }

    @Test
    void a_qr_code_is_drawn_of_this_server_s_own_address_alone() {
        var own = qr(tandem.issuer() + "/activate?user_code=BBBB-BBBB");
        assertThat(own.status()).isEqualTo(200);
        assertThat(own.header("Content-Type")).contains("image/svg+xml");
        assertThat(qr("https://evil.example/activate?user_code=BBBB-BBBB").status()).isEqualTo(400);
        assertThat(qr(tandem.issuer() + "/activate@evil.example").status()).isEqualTo(400);
        assertThat(qr(tandem.issuer() + "/activate?" + "x".repeat(200)).status()).isEqualTo(400);
    }

    private static final String AUDIENCE = "https://api.demo.example/";

    private Answer qr(String text) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return tandem.http().get("/demo/qr.svg?text=" + encoded);
    }

    private Answer api(String token) {
        return tandem.http().bearer(token).get("/demo/api");
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("WWW-Authenticate").orElse("")).contains("error=\"" + error + '"');
    }

    /// An access token of the television, for this scope.
    private String token(TestBrowser phone, String scope, String... more) {
        var asked = new String[4 + more.length];
        asked[0] = "client_id";
        asked[1] = "demo-tv";
        asked[2] = "scope";
        asked[3] = scope;
        System.arraycopy(more, 0, asked, 4, more.length);
        var codes = tandem.http().post("/oauth/device/code", asked);
        var device = new TestDevice(tandem.http(), new TestClock(), "demo-tv", codes);
        approves(phone, device.userCode());
        var answer = device.polls();
        assertThat(answer.status()).as(answer.body() + phone.page().plain()).isEqualTo(200);
        return answer.text("access_token");
    }

    private static TestBrowser approves(TestBrowser phone, String code) {
        phone.enters(code).confirms();
        if (phone.page().asks("/login")) {
            phone.signsIn(TandemProcess.EMAIL, TandemProcess.PASSWORD);
        }
        return phone.page().asks("/activate/consent") ? phone.allows() : phone;
    }

    private String code() {
        var found = CODE.matcher(television.text());
        assertThat(found.find()).as(television.text()).isTrue();
        return found.group();
    }
}
