package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.cli.ScriptedServer.Line;

@SuppressWarnings("NullAway.Init") // JUnit fills the folder in
class LogoutCommandTest {

    @TempDir private Path folder;
    private CliScene scene;

    @BeforeEach
    void open() {
        scene = new CliScene(folder).loggedIn(600);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_refresh_token_is_revoked_and_the_login_forgotten() {
        scene.server.on("/revoke", new Line(200, "text/plain", Map.of(), ""));
        assertThat(scene.run(LogoutCommand::new)).isZero();
        assertThat(scene.server.asked("/revoke").getFirst().form())
                .containsOnly(
                        Map.entry("token", "rt-1"),
                        Map.entry("token_type_hint", "refresh_token"),
                        Map.entry("client_id", "tv"));
        assertThat(scene.file("default.json")).doesNotExist();
        assertThat(scene.run(LogoutCommand::new)).isEqualTo(3);
    }

    @Test
    void a_login_that_the_server_did_not_end_is_kept_unless_told_to_forget() {
        scene.server.stop();
        assertThat(scene.run(LogoutCommand::new)).isEqualTo(1);
        assertThat(scene.err()).contains("cannot be reached").contains("--forget");
        assertThat(scene.file("default.json")).exists();

        assertThat(scene.run(LogoutCommand::new, "--forget")).isZero();
        assertThat(scene.err()).contains("lives on there");
        assertThat(scene.file("default.json")).doesNotExist();
    }

    @Test
    void neither_a_refusal_nor_a_page_for_people_counts_as_ended() {
        scene.server.on("/revoke", Line.error("invalid_client"), Line.html(200));
        assertThat(scene.run(LogoutCommand::new)).isEqualTo(1);
        assertThat(scene.err()).contains("invalid_client: told so");
        assertThat(scene.run(LogoutCommand::new)).isEqualTo(1);
        assertThat(scene.file("default.json")).exists();
    }
}
