package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.scenario.Answer;
import tandem.scenario.Http;
import tandem.scenario.TestDevice;
import tandem.scenario.Tool;

/// APIs that know nothing of Tandem but the issuer and their own name, over TLS: what they let in,
/// and what not. (npm `jose` and `oauth4webapi` judge the tokens in [ClientsTest], Nimbus in
/// [NimbusClientTest].)
class ApisTest {
    private static final String OTHER_API =
            """
              - identifier: https://other.example/
                name: Other library
                scopes: [ { value: "read:library", description: "See what you have read" } ]
                allow_offline_access: true
            """;

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @TempDir private Path folder;

    /// Software by others.
    enum Api {
        /// Auth0's npm `express-oauth2-jwt-bearer`.
        EXPRESS,
        /// Spring Boot's `spring-boot-starter-oauth2-resource-server`.
        SPRING
    }

    @ParameterizedTest
    @EnumSource
    void lets_in_whom_the_token_allows(Api kind) throws IOException {
        var device =
                tandem.startsWithTlsIn(folder, Map.of("resource_servers", OTHER_API)).device("tv");
        var tokens = tokens(device);
        var token = tokens.text("access_token");
        try (var script = started(kind)) {
            var api =
                    new Http("http://127.0.0.1:" + script.line("{\"port\":").path("port").asInt());

            var answer = api.bearer(token).get("/library");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.text("sub"))
                    .isEqualTo(tokens.claims("id_token").path("sub").asString());
            var renewed = device.refreshes().text("access_token");
            assertThat(api.bearer(renewed).get("/library").status()).isEqualTo(200);

            assertThat(api.bearer(token).get("/films").status()).isEqualTo(403);
            // Express' check calls it a broken request (RFC 6750 §3.1).
            assertThat(api.get("/library").status()).isIn(400, 401);
            assertThat(api.bearer(tampered(token)).get("/library").status()).isEqualTo(401);
            var another = tokens(tandem.device("tv", "https://other.example/"));
            assertThat(api.bearer(another.text("access_token")).get("/library").status())
                    .isEqualTo(401);
            assertThat(api.bearer(tokens.text("id_token")).get("/library").status()).isEqualTo(401);
        }
    }

    private Answer tokens(TestDevice device) {
        tandem.browser().approves(device, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        var answer = device.polls();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /// With another letter in the midst of the signature.
    private static String tampered(String token) {
        int at = token.lastIndexOf('.') + 20;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    private Script started(Api kind) throws IOException {
        return switch (kind) {
            case EXPRESS ->
                    Script.in(
                            Tool.nodeFolder(),
                            List.of(
                                    Tool.needed("node").toString(),
                                    "express-api.mjs",
                                    tandem.issuer(),
                                    TandemProcess.API),
                            Map.of(
                                    "NODE_EXTRA_CA_CERTS",
                                    tandem.certificate().certificate().toString()));
            case SPRING ->
                    Script.java(
                            SpringApi.class,
                            tandem.certificate(),
                            tandem.issuer(),
                            TandemProcess.API);
        };
    }
}
