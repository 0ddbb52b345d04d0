package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A start that is refused ends with one clear line and a status that is not zero.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class RefusedStartTest {
    private static final String GOOD =
            """
            issuer: http://localhost:18080
            listen: 127.0.0.1:0
            database: sqlite:./data/tandem.db
            """;

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private Path folder;

    @BeforeEach
    void stand(@TempDir Path empty) {
        folder = empty;
        tandem.standsIn(folder);
    }

    private Ran serve(String config, Map<String, String> environment) throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), config);
        var words = tandem.command("serve", "--config", "tandem.yaml");
        return Ran.in(folder, words, environment);
    }

    private Ran serve(String config) throws IOException {
        return serve(config, TandemProcess.environment());
    }

    private static void assertRefused(Ran ran, String why) {
        assertThat(ran.status()).as(ran.output()).isEqualTo(1);
        assertThat(ran.output().strip().lines().toList().getLast())
                .startsWith("Tandem did not start:")
                .contains(why);
        assertThat(ran.output()).doesNotContain("\tat ");
    }

    @Test
    void every_mistake_is_told_at_its_line_and_then_the_sum() throws IOException {
        var ran = serve("isuer: http://localhost:1\nlisten: nowhere\nlimits: { pages: often }\n");
        assertRefused(ran, "mistakes in tandem.yaml");
        assertThat(ran.output())
                .contains("tandem.yaml:1: isuer", "did you mean issuer?")
                .contains("tandem.yaml:2: listen", "tandem.yaml:3: limits.pages");
    }

    @Test
    void an_issuer_that_others_could_not_trust_is_refused() throws IOException {
        assertRefused(serve(GOOD.replace("localhost", "login.acme.example")), "mistake");
        assertRefused(serve(GOOD.replace(":18080", ":18080/")), "mistake");
    }

    @Test
    void a_port_that_is_taken_is_named() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ran = serve(GOOD.replace(":0\n", ":" + taken.getLocalPort() + "\n"));
            assertRefused(ran, "another program listens there already");
        }
    }

    @Test
    void a_file_that_is_no_database_is_left_as_it_is() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        var file = Files.writeString(folder.resolve("data/tandem.db"), "x".repeat(5000));
        assertRefused(serve(GOOD), "is not an SQLite database");
        assertThat(Files.readString(file)).isEqualTo("x".repeat(5000));
    }

    @Test
    void another_secret_key_than_the_database_was_made_under_is_refused() throws IOException {
        tandem.startsIn(folder);
        tandem.isKilled();
        var key = folder.resolve("data/secret.key");
        Files.move(key, folder.resolve("kept.key"));
        assertRefused(serve(GOOD), "secret_key_file");
    }

    @Test
    void check_finds_the_same_and_starts_nothing() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "isuer: x\n");
        var ran = Ran.in(folder, tandem.command("check", "--config", "tandem.yaml"));
        assertThat(ran.status()).isNotZero();
        assertThat(ran.output()).contains("tandem.yaml:1: isuer");
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
