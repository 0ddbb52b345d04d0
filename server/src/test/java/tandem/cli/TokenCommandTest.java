package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.cli.ScriptedServer.Line;

@SuppressWarnings("NullAway.Init") // JUnit fills the folder in
class TokenCommandTest {

    private static final Line SUCCESSOR =
            Line.json(200, "{'access_token':'at-2','expires_in':3600,'refresh_token':'rt-2'}");

    @TempDir private Path folder;
    private CliScene scene;

    @BeforeEach
    void open() {
        scene = new CliScene(folder);
        scene.server.on("/token", SUCCESSOR);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_token_with_a_minute_left_is_printed_alone_without_asking() {
        scene.loggedIn(60);
        assertThat(token()).isZero();
        assertThat(scene.out()).isEqualTo("at-1\n");
        assertThat(scene.server.asked("/token")).isEmpty();
    }

    @Test
    void a_token_that_has_nearly_run_out_is_renewed_and_the_new_one_kept() {
        scene.loggedIn(59);
        assertThat(token()).isZero();
        assertThat(scene.out()).isEqualTo("at-2\n");
        assertThat(scene.server.asked("/token").getFirst().form())
                .containsOnly(
                        Map.entry("grant_type", "refresh_token"),
                        Map.entry("refresh_token", "rt-1"),
                        Map.entry("client_id", "tv"));
        assertThat(kept().refreshToken()).contains("rt-2");
        assertThat(kept().scope()).isEqualTo("openid offline_access");

        assertThat(token()).isZero();
        assertThat(scene.server.asked("/token")).hasSize(1);
    }

    @Test
    void more_time_can_be_asked_for() {
        scene.loggedIn(600);
        token("--min-ttl", "601");
        assertThat(scene.out()).isEqualTo("at-2\n");
        assertThat(token("--min-ttl", "-1")).isEqualTo(2);
    }

    @Test
    void a_refresh_token_that_is_not_rotated_is_kept() {
        scene.loggedIn(0).server.on("/token", Line.json(200, "{'access_token':'at-2'}"));
        token();
        assertThat(kept().refreshToken()).contains("rt-1");
        assertThat(kept().expiresAt()).isEmpty();
    }

    @Test
    void the_new_token_is_on_disk_before_it_is_printed() {
        scene.loggedIn(0);
        Surroundings usual = scene.surroundings();
        var atPrinting =
                new PrintStream(OutputStream.nullOutputStream()) {
                    private Optional<String> kept = Optional.empty();

                    @Override
                    public void println(@Nullable String line) {
                        kept = kept().refreshToken();
                    }
                };
        int exit =
                scene.run(_ ->
                        new TokenCommand(
                                new Surroundings(
                                        usual.environment(),
                                        usual.terminal(),
                                        atPrinting,
                                        usual.err(),
                                        usual.clock(),
                                        usual.sleeper(),
                                        usual.random())));
        assertThat(exit).isZero();
        assertThat(atPrinting.kept).contains("rt-2");
    }

    @Test
    void many_calls_at_once_refresh_once() throws Exception {
        scene.loggedIn(0);
        Callable<String> call = () -> fresh().of(CliScene.DEFAULT, Duration.ofSeconds(60));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> calls = threads.invokeAll(Collections.nCopies(8, call));
            for (Future<String> one : calls) {
                assertThat(one.get()).isEqualTo("at-2");
            }
        }
        assertThat(scene.server.asked("/token")).hasSize(1);
    }

    /// Waits in earnest: who waits for the lock must not turn the test's clock.
    private FreshToken fresh() {
        return new FreshToken(
                new Profiles(folder, scene.time, Thread::sleep),
                scene.surroundings().wire(),
                scene.surroundings().retries(),
                scene.time,
                scene.environment);
    }

    @Test
    void a_lost_answer_is_asked_for_again_with_the_same_refresh_token() {
        scene.loggedIn(0).server.on("/token", Line.brokenOff(), Line.html(502), SUCCESSOR);
        assertThat(token()).isZero();
        assertThat(scene.out()).isEqualTo("at-2\n");
        assertThat(scene.server.asked("/token"))
                .extracting(asked -> asked.form().get("refresh_token"))
                .containsExactly("rt-1", "rt-1", "rt-1");
        assertThat(scene.time.sleptSeconds()).containsExactly(1L, 2L);
    }

    @Test
    void no_attempt_starts_when_the_servers_leeway_may_be_over() {
        scene.loggedIn(0).server.on("/token", Line.html(502));
        assertThat(token()).isEqualTo(1);
        assertThat(scene.time.sleptSeconds().stream().mapToLong(Long::longValue).sum())
                .isLessThanOrEqualTo(45);
        assertThat(kept().refreshToken()).contains("rt-1");
    }

    @Test
    void an_unlinked_device_is_told_to_log_in() {
        scene.loggedIn(0).server.on("/token", Line.error("invalid_grant"));
        assertThat(token()).isEqualTo(3);
        assertThat(scene.err()).isEqualTo("tandem: this device was unlinked; run: tandem login\n");
        assertThat(scene.out()).isEmpty();
    }

    @Test
    void without_a_login_or_with_a_damaged_one_a_login_is_needed() throws Exception {
        assertThat(token()).isEqualTo(3);
        assertThat(scene.err()).contains("there is no login named 'default'");
        Files.writeString(scene.file("default.json"), "{\"access_token\":\"at-1\"");
        assertThat(token()).isEqualTo(3);
        assertThat(scene.err()).contains("damaged").doesNotContain("at-1");
        Files.writeString(scene.file("default.json"), "{}");
        assertThat(token()).isEqualTo(3);
    }

    @Test
    void a_login_that_was_edited_to_point_elsewhere_sends_nothing_there() throws Exception {
        scene.loggedIn(0);
        String text = Files.readString(scene.file("default.json"));
        Files.writeString(
                scene.file("default.json"),
                text.replace(scene.server.issuer(), "http://evil.example"));
        assertThat(token()).isEqualTo(3);
    }

    private Profile kept() {
        return scene.profiles().get(CliScene.DEFAULT);
    }

    private int token(String... arguments) {
        return scene.run(TokenCommand::new, arguments);
    }
}
