package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.ledger.Cable;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.store.TestPostgresql;

/// The way to PostgreSQL leads nowhere for a while: everybody is told to come back, nobody waits
/// for long, and all is well again without anybody's help.
class DatabaseAwayTest {
    /// What the store's time-outs add up to, and something for a busy machine.
    private static final Duration PATIENCE = Duration.ofSeconds(5 + 3);

    private static final Duration WELL_AGAIN = Duration.ofSeconds(20);
    private static final int ROUNDS = 2;

    @RegisterExtension final TandemProcess tandem = new TandemProcess();
    private Cable cable;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var url = TestPostgresql.newDatabase();
        int port = URI.create(url).getPort();
        cable = new Cable(port);
        tandem.on(url.replace(":" + port, ":" + cable.port())).startsIn(folder, Map.of());
    }

    @AfterEach
    void stop() {
        cable.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"BLACK_HOLE", "CUT"})
    void everybody_is_told_to_come_back_and_all_is_well_again(Cable.State state) throws Exception {
        var linked = tandem.linkedTelevision();
        var approved = tandem.device("tv");
        var patient = tandem.http().patient(PATIENCE);
        var person = new TestBrowser(patient);
        person.approves(approved, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        List<Supplier<Answer>> requests =
                List.of(
                        () -> patient.post("/oauth/device/code", "client_id", "tv"),
                        () -> patient.post("/oauth/token", redemption(approved.deviceCode())),
                        () -> patient.post("/oauth/token", refresh(linked.refreshToken())),
                        () -> person.get("/account"));

        cable.becomes(state);
        for (int round = 0; round < ROUNDS; round++) {
            for (var answer : allAtOnce(requests)) {
                assertThat(answer.status()).as(answer.body()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isPresent();
            }
            var management = tandem.management().patient(PATIENCE);
            assertThat(management.get("/health/ready").status()).isEqualTo(503);
            assertThat(management.get("/health/live").status()).isEqualTo(200);
        }

        cable.becomes(Cable.State.GOOD);
        soon(() -> tandem.management().get("/health/ready"));
        soon(() -> patient.post("/oauth/token", refresh(linked.refreshToken())));
        soon(() -> patient.post("/oauth/token", redemption(approved.deviceCode())));
        soon(() -> patient.post("/oauth/device/code", "client_id", "tv"));
    }

    @Test
    void a_start_waits_for_a_database_that_does_not_answer_yet() throws Exception {
        tandem.isKilled();
        cable.becomes(Cable.State.BLACK_HOLE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = threads.submit(tandem::starts);
            while (!tandem.output().contains("waiting for the database")) {
                assertThat(start.isDone()).isFalse();
                TimeUnit.MILLISECONDS.sleep(100);
            }
            cable.becomes(Cable.State.GOOD);
            start.get();
        }
        assertThat(tandem.device("tv").codes().status()).isEqualTo(200);
    }

    private static String[] redemption(String deviceCode) {
        return new String[] {
            "grant_type",
            "urn:ietf:params:oauth:grant-type:device_code",
            "client_id",
            "tv",
            "device_code",
            deviceCode
        };
    }

    private static String[] refresh(String token) {
        return new String[] {
            "grant_type", "refresh_token", "client_id", "tv", "refresh_token", token
        };
    }

    private static List<Answer> allAtOnce(List<Supplier<Answer>> requests) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers =
                    requests.stream().map(request -> threads.submit(request::get)).toList();
            for (var answer : answers) {
                answer.get();
            }
            return answers.stream().map(Future::resultNow).toList();
        }
    }

    private static void soon(Supplier<Answer> asks) throws InterruptedException {
        long end = System.nanoTime() + WELL_AGAIN.toNanos();
        var last = "no answer";
        while (System.nanoTime() < end) {
            try {
                var answer = asks.get();
                if (answer.status() == 200) {
                    return;
                }
                last = answer.body();
            } catch (UncheckedIOException tooLate) {
                // asked again
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        fail("not well again: " + last);
    }
}
