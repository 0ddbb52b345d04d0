package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Tool;

/// The tutorial of Auth0's device authorization flow, step by step with `curl`, as its readers
/// paste it: only the address and the client are ours.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class CurlTutorialTest {
    private static final String FORM = "content-type: application/x-www-form-urlencoded";
    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private Path curl;
    @TempDir private Path folder;

    @BeforeEach
    void start() throws IOException {
        curl = Tool.needed("curl");
        tandem.startsWithTlsIn(folder);
    }

    @Test
    void its_steps_lead_from_a_code_to_a_revoked_token() {
        var codes =
                posts(
                        "/oauth/device/code",
                        "client_id=tv",
                        "scope=openid profile offline_access read:library",
                        "audience=" + TandemProcess.API);
        assertThat(codes.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "device_code",
                        "user_code",
                        "verification_uri",
                        "verification_uri_complete",
                        "expires_in",
                        "interval");
        assertThat(member(codes, "verification_uri")).isEqualTo(tandem.issuer() + "/activate");

        var deviceCode = "device_code=" + member(codes, "device_code");
        var grant = "grant_type=" + DEVICE_CODE;
        var pending = posts("/oauth/token", grant, deviceCode, "client_id=tv");
        assertThat(member(pending, "error")).isEqualTo("authorization_pending");
        assertThat(member(pending, "error_description")).isNotEmpty();

        personOpens(member(codes, "verification_uri_complete"));

        var tokens = posts("/oauth/token", grant, deviceCode, "client_id=tv");
        assertThat(tokens.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "access_token",
                        "refresh_token",
                        "id_token",
                        "token_type",
                        "expires_in",
                        "scope");
        assertThat(tokens.json().path("expires_in").asInt()).isEqualTo(3_600);
        assertThat(member(userinfo(tokens), "name")).isEqualTo("Ada Lovelace");

        var refresh = "grant_type=refresh_token";
        var old = "refresh_token=" + member(tokens, "refresh_token");
        var renewed = posts("/oauth/token", refresh, "client_id=tv", old);
        assertThat(member(userinfo(renewed), "name")).isEqualTo("Ada Lovelace");

        var token = member(renewed, "refresh_token");
        assertThat(posts("/oauth/revoke", "client_id=tv", "token=" + token).json()).isEmpty();
        var refused = posts("/oauth/token", refresh, "client_id=tv", "refresh_token=" + token);
        assertThat(member(refused, "error")).isEqualTo("invalid_grant");
        assertThat(member(userinfo(renewed), "error")).isEqualTo("invalid_token");
    }

    private void personOpens(String completeUri) {
        var person = tandem.browser().opens(completeUri.substring(tandem.issuer().length()));
        person.confirms().signsIn(TandemProcess.EMAIL, TandemProcess.PASSWORD);
        assertThat(person.page().heading()).isEqualTo("Almost there: finishing on your device");
    }

    private Ran userinfo(Ran tokens) {
        var bearer = "Authorization: Bearer " + member(tokens, "access_token");
        return curls(
                "--request", "GET", "--url", tandem.issuer() + "/userinfo", "--header", bearer);
    }

    /// `--data` pairs as the tutorial writes them: not encoded, spaces and all.
    private Ran posts(String path, String... data) {
        var words = new ArrayList<>(List.of("--request", "POST", "--url", tandem.issuer() + path));
        words.addAll(List.of("--header", FORM));
        for (var pair : data) {
            words.addAll(List.of("--data", pair));
        }
        return curls(words.toArray(String[]::new));
    }

    private Ran curls(String... words) {
        var command =
                new ArrayList<>(List.of(curl.toString(), "--silent", "--show-error", "--cacert"));
        command.add(tandem.certificate().certificate().toString());
        command.addAll(List.of(words));
        var ran = Ran.in(folder, command);
        assertThat(ran.status()).as(ran.output()).isZero();
        return ran;
    }

    private static String member(Ran answer, String name) {
        return answer.json().path(name).asString("");
    }
}
