package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.store.AtOnce;
import tandem.web.Limits.Limit;

/// A person who is signed in has twenty wrong codes an hour, from whatever addresses and browsers:
/// the limits that would be in the way here are off.
class WrongCodesOfAnAccountTest {
    private static final String WRONG = "BBBB-BBBB";

    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem =
                TestTandem.withLimits(
                        folder, Map.of(Limit.WRONG_CODES, Limit.WRONG_CODES.standard()));
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private TestBrowser signedIn() {
        return tandem.browser()
                .opens("/login")
                .submits("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD);
    }

    private static int enters(TestBrowser browser, String code) {
        return browser.enters(code).page().status();
    }

    @Test
    void twenty_wrong_ones_then_even_a_right_one_waits_in_every_browser() {
        var browser = signedIn();
        for (int i = 0; i < 20; i++) {
            assertThat(enters(browser, WRONG)).isEqualTo(400);
            tandem.clock().forward(Duration.ofMinutes(1));
        }
        var right = tandem.television().userCode();
        assertThat(enters(signedIn(), right)).isEqualTo(429);
        assertThat(browser.enters(right).page().header("Retry-After"))
                .as("until the first is an hour ago")
                .contains(Long.toString(Duration.ofMinutes(40).toSeconds()));
        tandem.restarts();
        assertThat(enters(browser, right)).as("a restart forgets nothing").isEqualTo(429);

        tandem.clock().forward(Duration.ofMinutes(40));
        var another = tandem.television().userCode();
        assertThat(enters(browser, another)).isEqualTo(200);
        assertThat(enters(browser, WRONG)).as("one is free again").isEqualTo(400);
        assertThat(enters(browser, WRONG)).isEqualTo(429);
    }

    @Test
    void of_a_crowd_of_wrong_ones_twenty_are_looked_at() {
        var browsers = List.of(signedIn(), signedIn(), signedIn());
        browsers.forEach(browser -> browser.opens("/activate"));
        var tries =
                IntStream.range(0, 60)
                        .mapToObj(i -> browsers.get(i % browsers.size()))
                        .<Callable<Integer>>map(browser ->
                                () -> browser.post("/activate", "user_code", WRONG).status())
                        .toList();
        assertThat(AtOnce.of(tries).stream().filter(status -> status == 400)).hasSize(20);
    }

    @Test
    void right_ones_cost_nothing() {
        var browser = signedIn();
        for (int i = 0; i < 22; i++) {
            assertThat(enters(browser, tandem.television().userCode())).isEqualTo(200);
        }
        assertThat(enters(browser, WRONG)).isEqualTo(400);
    }
}
