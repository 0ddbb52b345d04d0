package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.scenario.Tool;
import tools.jackson.databind.JsonNode;

/// Devices that know nothing of Tandem, over TLS: each asks for codes, waits, gets its tokens, asks
/// who the person is, refreshes and revokes.
class ClientsTest {
    private static final String STRICT_API = "https://strict.example/";

    /// An API whose tokens are RFC 9068's to the letter, `typ` and all.
    private static final String STRICT =
            """
              - identifier: https://strict.example/
                name: Acme library, strictly
                scopes: [ { value: "read:library", description: "See what you have watched" } ]
                allow_offline_access: true
                token_dialect: rfc9068_profile
            """;

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @TempDir private Path folder;

    /// Software by others: how it presents its token, and whether it verifies it as an API would.
    enum Client {
        /// npm `openid-client`, and `jose` as the API.
        OPENID_CLIENT("bearer", true),
        /// npm `oauth4webapi`, with tokens bound to a key (RFC 9449), and itself as the API.
        OAUTH4WEBAPI("dpop", true),
        SCRIBEJAVA("bearer", false),
        /// Python's standard library.
        PYTHON("bearer", false);

        final String type;
        final boolean looksInside;

        Client(String type, boolean looksInside) {
            this.type = type;
            this.looksInside = looksInside;
        }
    }

    @ParameterizedTest
    @EnumSource
    void signs_in_refreshes_and_revokes(Client client) throws IOException {
        try (var script = started(client)) {
            var code = script.step("codes").path("user_code").asString();
            var person = tandem.browser().enters(code).confirms();
            person.signsIn(TandemProcess.EMAIL, TandemProcess.PASSWORD);

            var tokens = script.step("tokens");
            assertThat(tokens.path("type").asString()).isEqualToIgnoringCase(client.type);
            assertThat(tokens.path("expires_in").asInt()).isBetween(3_500, 86_400);
            if (client.looksInside) {
                assertThat(tokens.path("aud").asString()).isEqualTo("tv");
                assertVerified(script.step("verified"));
            }

            var ada = script.step("person");
            assertThat(ada.path("name").asString()).isEqualTo("Ada Lovelace");
            assertThat(ada.path("email").asString()).isEqualTo(TandemProcess.EMAIL);

            var renewed = script.step("renewed");
            assertThat(renewed.path("rotated").asBoolean()).isTrue();
            if (client.looksInside) {
                assertThat(renewed.path("another").asBoolean()).isTrue();
                assertThat(renewed.path("same_link").asBoolean()).isTrue();
            }

            var revoked = script.step("revoked");
            assertThat(revoked.path("error").asString()).isEqualTo("invalid_grant");
            assertThat(revoked.path("status").asInt()).isEqualTo(400);
        }
    }

    private static void assertVerified(JsonNode verified) {
        assertThat(verified.path("same_sub").asBoolean()).isTrue();
        assertThat(verified.path("scope").asString().split(" "))
                .containsExactlyInAnyOrder(
                        "openid", "profile", "email", "offline_access", "read:library");
    }

    private Script started(Client client) throws IOException {
        return switch (client) {
            case OPENID_CLIENT -> node("openid-client.mjs", TandemProcess.API);
            case OAUTH4WEBAPI -> node("oauth4webapi.mjs", STRICT_API);
            case SCRIBEJAVA -> {
                tandem.startsWithTlsIn(folder);
                yield Script.java(ScribeDevice.class, tandem.certificate(), tandem.issuer(), "tv");
            }
            case PYTHON -> {
                var python = Tool.needed("python3").toString();
                tandem.startsWithTlsIn(folder);
                var program = Path.of("src", "test", "python", "device.py").toAbsolutePath();
                var command = new ArrayList<>(List.of(python, program.toString()));
                command.addAll(List.of(tandem.issuer(), "tv", TandemProcess.API));
                command.add(tandem.certificate().certificate().toString());
                yield Script.in(folder, command, Map.of());
            }
        };
    }

    private Script node(String program, String api) throws IOException {
        var node = Tool.needed("node").toString();
        var scripts = Tool.nodeFolder();
        tandem.startsWithTlsIn(folder, Map.of("resource_servers", STRICT));
        return Script.in(
                scripts,
                List.of(node, program, tandem.issuer(), "tv", api),
                Map.of("NODE_EXTRA_CA_CERTS", tandem.certificate().certificate().toString()));
    }
}
