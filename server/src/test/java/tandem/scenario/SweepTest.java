package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.EventType;
import tandem.store.Events;
import tandem.store.Page;

/// Codes that ran out: each is told of once, and forgotten later, whatever order they come in.
class SweepTest {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(30);
    private static final Duration RUNS_OUT = Duration.ofMinutes(11);
    private static final Duration IS_FORGOTTEN = Duration.ofMinutes(16);

    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private long told() {
        return tandem
                .server()
                .store()
                .read(tx -> tx.events().newest(Events.Filter.ALL, new Page(0, 2_000)))
                .stream()
                .filter(logged -> logged.event().type() == EventType.DEVICE_EXPIRED)
                .count();
    }

    @Test
    void more_than_a_few_slices_are_all_told_and_all_forgotten() {
        var asked = new ArrayList<TestDevice>();
        for (int i = 0; i < 400; i++) {
            asked.add(tandem.television());
        }
        tandem.clock().forward(RUNS_OUT);
        tandem.server().sweep();
        tandem.server().sweep();
        assertThat(told()).isEqualTo(asked.size());
        assertThat(asked.getFirst().polls().error()).isEqualTo("expired_token");

        tandem.clock().forward(IS_FORGOTTEN);
        tandem.server().sweep();
        assertThat(asked)
                .allSatisfy(tv -> {
                    assertThat(tv.polls().error()).isEqualTo("invalid_grant");
                });
    }

    /// Another node's clock may be behind, or its commit late.
    @Test
    void a_code_that_had_run_out_before_the_last_sweep_and_comes_later_is_told_too() {
        tandem.changeClient(
                "radio",
                c -> Changed.policy(c, p -> Changed.times(p, SHORTEST, Duration.ofSeconds(1))));
        tandem.server().sweep();
        tandem.clock().forward(LATE.negated());
        assertThat(tandem.device("radio").codes().status()).isEqualTo(200);
        tandem.clock().forward(LATE);
        tandem.server().sweep();
        assertThat(told()).isEqualTo(1);
    }
}
