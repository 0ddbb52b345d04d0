package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.TestTandem;

/// Both sides at once: they share no word, so each one's spelling checks the other's.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class RealServerTest {

    private static final Pattern CODE = Pattern.compile("and enter (\\S+)");
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private TestTandem tandem;
    private CliScene scene;

    @BeforeEach
    void start(@TempDir Path data, @TempDir Path settings) {
        tandem = TestTandem.in(data);
        scene = new CliScene(settings);
    }

    @AfterEach
    void stop() {
        scene.close();
        tandem.close();
    }

    @Test
    void a_terminal_logs_in_over_a_restart_renews_its_token_and_logs_out() {
        scene.time.duringSleep(1, () -> tandem.clock().forward(Duration.ofSeconds(5)));
        scene.time.duringSleep(2, tandem::restarts);
        scene.time.duringSleep(3, this::adaApproves);

        assertThat(login()).as(scene.err()).isZero();
        assertThat(scene.out()).contains("Connected as Ada Lovelace.");

        assertThat(scene.run(TokenCommand::new)).isZero();
        String first = scene.out().strip();
        assertThat(opensUserinfo(first)).isTrue();

        scene.time.sleep(AN_HOUR);
        tandem.clock().forward(AN_HOUR);
        assertThat(scene.run(TokenCommand::new)).as(scene.err()).isZero();
        String second = scene.out().strip();
        assertThat(second).isNotEqualTo(first);
        assertThat(opensUserinfo(second)).isTrue();

        assertThat(scene.run(LogoutCommand::new)).as(scene.err()).isZero();
        assertThat(opensUserinfo(second)).isFalse();
    }

    @Test
    void a_person_who_declines_ends_it() {
        scene.time.duringSleep(1, () -> tandem.browser().enters(shownCode()).declines());

        assertThat(login()).isEqualTo(4);
    }

    @Test
    void a_code_that_nobody_approves_runs_out() {
        scene.time.duringSleep(1, () -> tandem.clock().forward(Duration.ofMinutes(10)));

        assertThat(login()).isEqualTo(5);
    }

    @Test
    void an_operator_lists_the_devices_and_unlinks_one(@TempDir Path secrets) throws IOException {
        var tv = tandem.linkedTelevision();
        Path secret = Files.writeString(secrets.resolve("secret"), TestTandem.SECRET);

        assertThat(devices("list", secret)).as(scene.err()).isZero();
        assertThat(scene.out()).contains("tv", "usr_ada");
        String id = scene.out().strip().split("\t", -1)[0];

        assertThat(devices("unlink", secret, id)).as(scene.err()).isZero();
        assertThat(tv.refreshes().error()).isEqualTo("invalid_grant");
        assertThat(devices("list", secret)).isZero();
        assertThat(scene.out()).doesNotContain(id);
    }

    private int devices(String verb, Path secret, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                verb,
                                "--issuer",
                                tandem.issuer(),
                                "--client-id",
                                "ops",
                                "--client-secret-file",
                                secret.toString()));
        arguments.addAll(List.of(more));
        return scene.run(DevicesCommand::new, arguments.toArray(String[]::new));
    }

    private int login() {
        return scene.run(
                LoginCommand::new,
                "--issuer",
                tandem.issuer(),
                "--client-id",
                "tv",
                "--scope",
                "openid profile offline_access read:library",
                "--audience",
                TestTandem.API);
    }

    private void adaApproves() {
        tandem.clock().forward(Duration.ofSeconds(5));
        tandem.browser()
                .enters(shownCode())
                .confirms()
                .signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
    }

    private String shownCode() {
        Matcher code = CODE.matcher(scene.out());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private boolean opensUserinfo(String token) {
        return tandem.http().bearer(token).get("/userinfo").status() == 200;
    }
}
