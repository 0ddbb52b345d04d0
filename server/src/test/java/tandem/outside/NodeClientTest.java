package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Tool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A device that knows nothing of Tandem: the npm package `openid-client` finds all by discovery,
/// and `jose` verifies the access token as an API would.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class NodeClientTest {
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private Process script;
    private BufferedReader lines;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var node = Tool.needed("node").toString();
        var scripts = Tool.nodeFolder().toFile();
        tandem.startsIn(folder);
        script =
                new ProcessBuilder(
                                node, "device-client.mjs", tandem.issuer(), "tv", TandemProcess.API)
                        .directory(scripts)
                        .redirectErrorStream(true)
                        .start();
        lines =
                new BufferedReader(
                        new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() throws IOException {
        if (script != null) {
            script.destroyForcibly();
            lines.close();
        }
    }

    @Test
    void a_library_by_others_signs_in_verifies_renews_and_revokes() throws IOException {
        var code = step("codes").path("user_code").asString();
        var person = tandem.browser().enters(code).confirms();
        person.signsIn(TandemProcess.EMAIL, TandemProcess.PASSWORD);

        var tokens = step("tokens");
        assertThat(tokens.path("type").asString()).isEqualToIgnoringCase("bearer");
        assertThat(tokens.path("expires_in").asInt()).isBetween(3_500, 3_600);
        assertThat(tokens.path("aud").asString()).isEqualTo("tv");

        var verified = step("verified");
        assertThat(verified.path("same_sub").asBoolean()).isTrue();
        assertThat(verified.path("scope").asString().split(" "))
                .containsExactlyInAnyOrder(
                        "openid", "profile", "email", "offline_access", "read:library");

        assertThat(step("person"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {
                                    "step": "person",
                                    "name": "Ada Lovelace",
                                    "email": "ada@example.com"
                                }
                                """));

        var renewed = step("renewed");
        assertThat(renewed.path("rotated").asBoolean()).isTrue();
        assertThat(renewed.path("another").asBoolean()).isTrue();
        assertThat(renewed.path("same_link").asBoolean()).isTrue();

        var revoked = step("revoked");
        assertThat(revoked.path("error").asString()).isEqualTo("invalid_grant");
        assertThat(revoked.path("status").asInt()).isEqualTo(400);
    }

    /// The next line of the script; when it is another one, it and all that follow are shown.
    private JsonNode step(String name) throws IOException {
        var line = lines.readLine();
        if (line == null || !line.startsWith("{\"step\":\"" + name + "\"")) {
            throw new AssertionError(
                    "no step "
                            + name
                            + ": "
                            + line
                            + "\n"
                            + String.join("\n", lines.readAllLines()));
        }
        return JSON.readTree(line);
    }
}
