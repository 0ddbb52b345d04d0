package tandem.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the command reads before it asks any server.
class ConfigFileTest {
    @TempDir private Path folder;

    @Test
    void options_stand_in_a_file_and_the_command_line_wins() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("c.yaml"),
                        "issuer: http://localhost:1\nclient: tv\nonly: [DA-01, DA-02]\n");

        assertThat(listed("--config", file.toString()))
                .contains("DA-01 ")
                .contains("DA-02 ")
                .doesNotContain("TK-01 ");
        assertThat(listed("--config", file.toString(), "--only", "TK-01"))
                .contains("TK-01 ")
                .doesNotContain("DA-01 ");
    }

    @Test
    void a_list_needs_no_server_and_a_run_needs_one() {
        var told = new StringWriter();

        assertThat(listed()).contains("DA-01 ");
        assertThat(run(told, "--client", "tv")).isEqualTo(2);
        assertThat(told.toString()).contains("--issuer");
    }

    @Test
    void properties_are_read_as_well() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("c.properties"),
                        "issuer=http://localhost:1\nclient=tv\nonly=UI\n");

        assertThat(listed("--config=" + file)).contains("UI-01 ").doesNotContain("DA-01 ");
    }

    @Test
    void an_unknown_option_or_case_is_refused() throws IOException {
        var file = Files.writeString(folder.resolve("c.yaml"), "isuer: http://localhost:1\n");
        var told = new StringWriter();

        assertThat(run(told, "--config", file.toString())).isEqualTo(2);
        assertThat(told.toString()).contains("isuer");
        assertThat(
                        run(
                                told,
                                "--issuer",
                                "http://localhost:1",
                                "--client",
                                "tv",
                                "--only",
                                "XX-99",
                                "--list"))
                .isEqualTo(2);
        assertThat(told.toString()).contains("XX-99");
    }

    @Test
    void a_server_that_is_not_there_cannot_be_judged() {
        var told = new StringWriter();

        assertThat(run(told, "--issuer", "http://localhost:1", "--client", "tv")).isEqualTo(2);
        assertThat(told.toString()).contains("http://localhost:1");
    }

    @Test
    void metadata_is_looked_for_before_and_behind_the_issuers_path() {
        assertThat(Discovery.places("https://as.example/realms/one"))
                .containsExactly(
                        URI.create(
                                "https://as.example/.well-known/oauth-authorization-server/realms/one"),
                        URI.create(
                                "https://as.example/realms/one/.well-known/openid-configuration"),
                        URI.create(
                                "https://as.example/realms/one/.well-known/oauth-authorization-server"));
    }

    private static String listed(String... arguments) {
        var told = new StringWriter();
        var more = new java.util.ArrayList<>(List.of(arguments));
        more.add("--list");
        assertThat(run(told, more.toArray(String[]::new))).as(told.toString()).isZero();
        return told.toString();
    }

    private static int run(StringWriter told, String... arguments) {
        return Main.execute(Map.of(), new PrintWriter(told), List.of(arguments));
    }
}
