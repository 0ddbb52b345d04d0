package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tandem.store.StoreUnavailable;

/// More than there is room for: what is too much is told to come back, and afterwards all is well.
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class FullHouseTest {
    private static final int CROWD = 1_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        tandem.close();
    }

    private Answer polls(String code, String prefer) {
        return tandem.http()
                .with("Prefer", prefer)
                .post(
                        "/oauth/token",
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "client_id",
                        "tv",
                        "device_code",
                        code);
    }

    private Scrape scrape() {
        return Scrape.of(tandem.management());
    }

    /// The store has few readers.
    @Test
    void a_thousand_polls_at_once_that_need_the_store_are_answered_or_told_to_come_back()
            throws Exception {
        var answers = new ArrayList<Future<Answer>>();
        for (int i = 0; i < CROWD; i++) {
            var code = "nobody-knows-" + i;
            answers.add(threads.submit(() -> polls(code, "")));
        }
        for (var future : answers) {
            var answer = future.get(60, TimeUnit.SECONDS);
            if (answer.status() == 503) {
                assertThat(answer.header("Retry-After")).isPresent();
            } else {
                assertThat(answer.error()).isEqualTo("invalid_grant");
            }
        }
        assertThat(polls("nobody-knows", "").error()).isEqualTo("invalid_grant");
        var after = scrape();
        assertThat(after.of("tandem_store_readers")).isZero();
        assertThat(after.of("tandem_store_readers_awaited")).isZero();
        assertThat(after.of("tandem_http_requests_under_way")).isZero();
    }

    /// SQLite has one writer, PostgreSQL several: the store hangs when all do.
    @Test
    void a_store_that_hangs_is_answered_503_in_time_and_recovers() throws Exception {
        var before = scrape();
        int writers = (int) before.of("tandem_store_writers_max");
        var hang = new CountDownLatch(writers);
        var goOn = new CountDownLatch(1);
        var hanging = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < writers; i++) {
            hanging.add(threads.submit(() -> hangs(hang, goOn)));
        }
        long begin = System.nanoTime();
        try {
            hang.await();
            assertThat(scrape().of("tandem_store_writers")).isEqualTo(writers);
            var asked = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 20; i++) {
                asked.add(
                        threads.submit(
                                () -> tandem.http().post("/oauth/device/code", "client_id", "tv")));
            }
            while (scrape().of("tandem_store_writes_waiting") == 0) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            for (var future : asked) {
                var answer = future.get(20, TimeUnit.SECONDS);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).contains("1");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(8));
        } finally {
            goOn.countDown();
        }
        for (var write : hanging) {
            assertThat(write.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(tandem.television().codes().status()).isEqualTo(200);
        var after = scrape();
        assertThat(after.since(before, "tandem_store_refusals_total{work=\"write\"}"))
                .isGreaterThanOrEqualTo(20);
        assertThat(after.of("tandem_store_writes_waiting")).isZero();
    }

    /// Takes a writer and keeps it; the store may have given up on it by the time it goes on.
    private boolean hangs(CountDownLatch hang, CountDownLatch goOn) {
        try {
            return tandem.server()
                    .store()
                    .write(tx -> {
                        hang.countDown();
                        await(goOn);
                        return true;
                    });
        } catch (StoreUnavailable tooLate) {
            return true;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void beyond_a_thousand_parked_polls_of_one_address_the_next_is_answered_at_once()
            throws Exception {
        var codes = new ArrayList<String>();
        for (int i = 0; i <= CROWD; i++) {
            codes.add(tandem.television().deviceCode());
        }
        var parked = new ArrayList<Future<Answer>>();
        for (var code : codes.subList(0, CROWD)) {
            parked.add(threads.submit(() -> polls(code, "wait=12")));
        }
        while (scrape().of("tandem_parked_polls") < CROWD) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        long begin = System.nanoTime();
        assertThat(polls(codes.getLast(), "wait=30").error()).isEqualTo("authorization_pending");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(scrape().of("tandem_parked_polls_refused_total")).isEqualTo(1);
        for (var answer : errors(parked)) {
            assertThat(answer).isEqualTo("authorization_pending");
        }
        assertThat(scrape().of("tandem_parked_polls")).isZero();
    }

    private static List<String> errors(List<Future<Answer>> futures) throws Exception {
        var errors = new ArrayList<String>();
        for (var future : futures) {
            errors.add(future.get(60, TimeUnit.SECONDS).error());
        }
        return errors;
    }
}
