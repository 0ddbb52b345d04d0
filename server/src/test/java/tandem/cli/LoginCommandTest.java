package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.cli.ScriptedServer.CODES;
import static tandem.cli.ScriptedServer.TOKENS;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.cli.ScriptedServer.Line;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway.Init") // JUnit fills the folder in
class LoginCommandTest {

    @TempDir private Path folder;
    private CliScene scene;

    @BeforeEach
    void open() {
        scene = new CliScene(folder.resolve("settings"));
        scene.server.on("/device", Line.json(200, CODES));
        scene.server.on("/token", Line.error("authorization_pending"), Line.json(200, TOKENS));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void tokens_are_kept_for_the_owner_alone() throws Exception {
        assertThat(login()).isZero();

        Path kept = scene.file("default.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scene.file(""))))
                .isEqualTo("rwx------");
        JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(kept));
        assertThat(json.path("access_token").asString()).isEqualTo("at-1");
        assertThat(json.path("refresh_token").asString()).isEqualTo("rt-1");
        assertThat(json.path("issuer").asString()).isEqualTo(scene.server.issuer());
        assertThat(folder.resolve("settings"))
                .isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
    }

    @Test
    void output_that_is_no_terminal_holds_words_alone() {
        login();

        assertThat(scene.out())
                .isEqualTo(
                        """
                        Open http://localhost/activate on your phone or computer
                        and enter BCDF-GHJK

                        The code is good for 10 minutes.
                        Waiting for you to finish in the browser.
                        Connected. For an access token, run: tandem token
                        """);
    }

    @Test
    void a_terminal_is_shown_a_qr_code_and_one_line_that_leaves_no_trace() {
        scene.atATerminal();
        login();

        assertThat(scene.out()).contains("▀").contains("\033[38;5;16;48;5;231m");
        String last = scene.out().substring(scene.out().lastIndexOf("\r\033[K"));
        assertThat(last).isEqualTo("\r\033[KConnected. For an access token, run: tandem token\n");
    }

    @Test
    void no_color_and_dumb_terminals_get_no_control_characters() {
        scene.atATerminal();
        for (var variable : List.of("NO_COLOR=1", "TERM=dumb")) {
            scene.environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
            scene.server.on("/token", Line.json(200, TOKENS));
            login();
            assertThat(scene.out()).contains("▀").doesNotContain("\033").doesNotContain("\r");
            scene.environment.remove("NO_COLOR");
        }
        login("--no-qr");
        assertThat(scene.out()).doesNotContain("▀");
    }

    @Test
    void json_tells_each_step_on_a_line_and_no_token() {
        scene.server.on(
                "/token",
                Line.error("authorization_pending"),
                Line.error("authorization_pending"),
                Line.error("slow_down"),
                Line.html(503),
                Line.error("authorization_pending"),
                Line.json(200, TOKENS));

        assertThat(login("--json")).isZero();
        assertThat(scene.out().replace('"', '\'').lines())
                .containsExactly(
                        "{'step':'code','user_code':'BCDF-GHJK',"
                                + "'verification_uri':'http://localhost/activate',"
                                + "'verification_uri_complete':"
                                + "'http://localhost/activate?user_code=BCDF-GHJK',"
                                + "'expires_in':600,'interval':5}",
                        "{'step':'pending','interval':5}",
                        "{'step':'slow_down','interval':10}",
                        "{'step':'retrying','reason':'the server answered with text/html"
                                + " instead of JSON (status 503)','wait':20}",
                        "{'step':'pending','interval':10}",
                        "{'step':'linked','profile':'default','issuer':'"
                                + scene.server.issuer()
                                + "','scope':'openid offline_access','token_type':'Bearer',"
                                + "'expires_in':3600,'refreshable':true}");
        assertThat(scene.out() + scene.err()).doesNotContain("at-1", "rt-1", "dev-secret");
    }

    @Test
    void endings_have_exit_codes_of_their_own() {
        scene.server.on("/token", Line.error("access_denied"));
        assertThat(login()).isEqualTo(4);
        assertThat(scene.err()).isEqualTo("The request was declined; nothing was connected.\n");
        scene.server.on("/token", Line.error("expired_token"));
        assertThat(login()).isEqualTo(5);
        assertThat(scene.err()).contains("for a new one, run the command again");
        scene.server.on("/token", Line.error("invalid_client"));
        assertThat(login()).isEqualTo(1);
        assertThat(scene.err()).isEqualTo("Not connected (invalid_client): told so\n");
        scene.server.on("/token", Line.error("invalid_client"));
        assertThat(login("--json")).isEqualTo(1);
        assertThat(scene.out())
                .endsWith(
                        """
                        {"step":"failed","error":"invalid_client","error_description":"told so"}
                        """);
    }

    @Test
    void a_server_is_taken_only_for_what_it_calls_itself() {
        scene.server.on(
                "/.well-known/openid-configuration", scene.server.metadata("https://evil.example"));
        assertThat(login()).isEqualTo(1);
        assertThat(scene.err()).contains("calls itself 'https://evil.example'");
        assertThat(scene.server.asked("/device")).isEmpty();
    }

    @Test
    void an_endpoint_in_the_clear_elsewhere_is_refused() {
        String issuer = scene.server.issuer();
        scene.server.on(
                "/.well-known/openid-configuration",
                Line.json(
                        200,
                        "{'issuer':'%s','token_endpoint':'http://evil.example/t'}"
                                .formatted(issuer)));
        assertThat(login()).isEqualTo(1);
        assertThat(scene.err()).contains("token_endpoint of the server is refused");
    }

    @Test
    void issuers_in_the_clear_and_odd_profile_names_are_not_understood() {
        for (String issuer : List.of("http://auth.example", "http://127.0.0.1.evil.example", "x")) {
            assertThat(scene.run(LoginCommand::new, "--issuer", issuer, "--client-id", "tv"))
                    .isEqualTo(2);
        }
        for (String name : List.of("../x", ".x", "", "a/b", "x".repeat(65))) {
            assertThat(login("--profile", name)).isEqualTo(2);
        }
        assertThat(scene.server.asked("/device")).isEmpty();
    }

    @Test
    void a_server_that_is_away_or_no_server_is_told_at_once() {
        scene.server.on("/.well-known/openid-configuration", Line.html(404));
        assertThat(login()).isEqualTo(1);
        assertThat(scene.err()).contains("text/html instead of JSON (status 404)");
        scene.server.stop();
        assertThat(login()).isEqualTo(1);
        assertThat(scene.err()).contains("cannot be reached");
        assertThat(scene.time.sleptSeconds()).isEmpty();
    }

    @Test
    void what_the_server_says_cannot_drive_the_terminal() {
        scene.server.on(
                "/token",
                Line.json(
                        400,
                        "{'error':'odd\\u001b[2J',"
                                + "'error_description':'\\u001b]0;x\\u0007\\u202eevil'}"));
        login();
        assertThat(scene.err()).doesNotContain("\033", "\u0007", "\u202e").contains("evil");
    }

    @Test
    void the_persons_name_is_shown() {
        String claims = "{\"sub\":\"u\",\"name\":\"Ada Lovelace\"}";
        String idToken =
                "e30."
                        + Base64.getUrlEncoder()
                                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".x";
        scene.server.on(
                "/token",
                Line.json(200, TOKENS.replace("}", ",'id_token':'%s'}".formatted(idToken))));
        login("--profile", "work");
        assertThat(scene.out())
                .endsWith(
                        "Connected as Ada Lovelace. For an access token, run:"
                                + " tandem token --profile work\n");
    }

    @Test
    void an_apps_secret_comes_from_a_file_or_the_environment() throws Exception {
        Files.createDirectories(scene.file(""));
        login("--client-secret-file", scene.secretFile("s3cret"));
        assertThat(scene.server.asked("/device").getLast().form())
                .containsEntry("client_secret", "s3cret");
        scene.environment.put("TANDEM_CLIENT_SECRET", "from-env");
        login("--audience", "https://api.example", "--scope", "read", "--device-name", "Desk");
        assertThat(scene.server.asked("/device").getLast().form())
                .containsEntry("client_secret", "from-env")
                .containsEntry("audience", "https://api.example")
                .containsEntry("scope", "read")
                .containsEntry("device_name", "Desk");
        assertThat(Files.readString(scene.file("default.json"))).doesNotContain("from-env");
    }

    private int login(String... more) {
        var arguments =
                new ArrayList<>(List.of("--issuer", scene.server.issuer(), "--client-id", "tv"));
        arguments.addAll(List.of(more));
        return scene.run(LoginCommand::new, arguments.toArray(String[]::new));
    }
}
