package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.cli.ScriptedServer.Line;

@SuppressWarnings("NullAway.Init") // JUnit fills the folder in
class DevicesCommandTest {

    private static final String LIST = "/api/v2/device-credentials";

    @TempDir private Path folder;
    private CliScene scene;

    @BeforeEach
    void open() {
        scene = new CliScene(folder);
        scene.environment.put("TANDEM_CLIENT_SECRET", "s3cret");
        scene.server.on("/token", Line.json(200, "{'access_token':'mgmt','expires_in':3600}"));
        scene.server.on(LIST, page(1, 0, 1));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_token_for_the_management_api_is_asked_for_and_used() {
        assertThat(devices("list", "--user-id", "auth0|1", "--app", "tv")).isZero();
        assertThat(scene.server.asked("/token").getFirst().form())
                .containsOnly(
                        Map.entry("grant_type", "client_credentials"),
                        Map.entry("client_id", "ops"),
                        Map.entry("client_secret", "s3cret"),
                        Map.entry("audience", scene.server.issuer() + "/api/v2/"),
                        Map.entry("scope", "read:device_credentials"));
        var asked = scene.server.asked(LIST).getFirst();
        assertThat(asked.authorization()).contains("Bearer mgmt");
        assertThat(asked.query())
                .containsEntry("user_id", "auth0|1")
                .containsEntry("client_id", "tv")
                .containsEntry("page", "0");
    }

    @Test
    void every_page_is_read() {
        scene.server.on(LIST, page(150, 0, 100), page(150, 100, 50));
        devices("list");
        assertThat(scene.out().lines()).hasSize(150).startsWith("id-0\tTV 0\ttv\tu");
        assertThat(scene.server.asked(LIST))
                .extracting(asked -> asked.query().get("page"))
                .containsExactly("0", "1");
    }

    @Test
    void a_terminal_is_shown_a_table_and_a_program_gets_json() {
        scene.atATerminal();
        devices("list");
        assertThat(scene.out()).isEqualTo("ID    DEVICE  APP  USER\nid-0  TV 0    tv   u\n");
        devices("list", "--json");
        assertThat(scene.out())
                .isEqualTo(
                        """
                        {"id":"id-0","device_name":"TV 0","client_id":"tv","user_id":"u"}
                        """);
    }

    @Test
    void devices_are_unlinked_and_unknown_ones_told() {
        scene.server.on(LIST + "/a b", new Line(204, "text/plain", Map.of(), ""));
        scene.server.on(
                LIST + "/gone", Line.json(404, "{'statusCode':404,'message':'No such device'}"));
        assertThat(devices("unlink", "gone", "a b")).isEqualTo(1);
        assertThat(scene.out()).isEqualTo("Unlinked a b\n");
        assertThat(scene.err()).isEqualTo("tandem: there is no device gone\n");
        assertThat(scene.server.asked("/token").getFirst().form())
                .containsEntry("scope", "delete:device_credentials");
        assertThat(scene.server.asked(LIST + "/a b").getFirst().method()).isEqualTo("DELETE");
    }

    @Test
    void a_refusal_is_told_in_the_servers_words() {
        scene.server.on(LIST, Line.json(403, "{'statusCode':403,'message':'Insufficient scope'}"));
        assertThat(devices("list")).isEqualTo(1);
        assertThat(scene.err()).contains("Insufficient scope");
    }

    @Test
    void a_stored_login_serves_when_it_is_for_the_management_api() {
        scene.loggedIn(600);
        assertThat(scene.run(DevicesCommand::new, "list", "--profile", "default")).isEqualTo(3);

        Profile login = scene.profiles().get(CliScene.DEFAULT);
        scene.profiles()
                .put(
                        CliScene.DEFAULT,
                        new Profile(
                                login.issuer(),
                                login.clientId(),
                                Optional.empty(),
                                Optional.of(login.issuer() + "/api/v2/"),
                                login.scope(),
                                login.accessToken(),
                                login.expiresAt(),
                                login.refreshToken()));
        assertThat(scene.run(DevicesCommand::new, "list", "--profile", "default")).isZero();
        assertThat(scene.server.asked(LIST).getLast().authorization()).contains("Bearer at-1");
    }

    @Test
    void what_is_missing_is_a_matter_of_usage() throws Exception {
        assertThat(scene.run(DevicesCommand::new)).isEqualTo(2);
        assertThat(scene.run(DevicesCommand::new, "list")).isEqualTo(2);
        scene.environment.remove("TANDEM_CLIENT_SECRET");
        assertThat(devices("list")).isEqualTo(2);
        Path secret = Files.writeString(folder.resolve("secret"), "from-file\n");
        assertThat(devices("list", "--client-secret-file", secret.toString())).isZero();
        assertThat(scene.server.asked("/token").getFirst().form())
                .containsEntry("client_secret", "from-file");
    }

    private static Line page(int total, int start, int length) {
        String items =
                IntStream.range(start, start + length)
                        .mapToObj(DevicesCommandTest::item)
                        .collect(Collectors.joining(","));
        return Line.json(
                200,
                "{'start':%d,'limit':100,'length':%d,'total':%d,'device_credentials':[%s]}"
                        .formatted(start, length, total, items));
    }

    private static String item(int n) {
        return "{'id':'id-%1$d','device_name':'TV %1$d','client_id':'tv','user_id':'u'}"
                .formatted(n);
    }

    private int devices(String verb, String... more) {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(List.of("--issuer", scene.server.issuer(), "--client-id", "ops"));
        arguments.addAll(List.of(more));
        return scene.run(DevicesCommand::new, arguments.toArray(String[]::new));
    }
}
