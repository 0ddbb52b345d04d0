package tandem.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.conformance.person.NoSuchChoice;
import tandem.conformance.wire.Unmet;
import tandem.conformance.wire.Wire;

/// How cases end, and in which order they run.
class SuiteTest {
    private Optional<Wire> wire = Optional.empty();

    @BeforeEach
    void opens() throws NoSuchAlgorithmException {
        wire = Optional.of(new Wire(SSLContext.getDefault()));
    }

    @AfterEach
    void closes() {
        wire.ifPresent(Wire::close);
    }

    @Test
    void every_way_to_end_has_its_verdict() {
        var verdicts =
                run(
                        1,
                        Case.must("X-1", "", "").judged(scene -> {}),
                        Case.must("X-2", "", "")
                                .judged(scene -> {
                                    throw new Unmet("this", "that");
                                }),
                        Case.must("X-3", "", "")
                                .judged(scene -> {
                                    throw scene.skip("needs more");
                                }),
                        Case.must("X-4", "", "")
                                .judged(scene -> {
                                    throw new IllegalStateException("oh");
                                }),
                        Case.must("X-5", "", "")
                                .judged(scene -> {
                                    throw new Stuck("no way");
                                }),
                        Case.must("X-6", "", "")
                                .needs(Need.DPOP)
                                .judged(scene -> {
                                    throw new IllegalStateException("must not run");
                                }),
                        Case.must("X-7", "", "")
                                .judged(scene -> {
                                    throw new NoSuchChoice();
                                }));

        assertThat(verdicts)
                .extracting(one -> one.verdict().word())
                .containsExactly(
                        "passed", "failed", "skipped", "broken", "broken", "skipped", "skipped");
        assertThat(verdicts.get(1).verdict())
                .isEqualTo(new Verdict.Failed("this", "that", Optional.empty()));
        assertThat(verdicts.get(1).failed(Severity.MUST)).isTrue();
        assertThat(verdicts.get(5).verdict())
                .isEqualTo(new Verdict.Skipped("needs " + Need.DPOP.words()));
    }

    @Test
    void a_case_that_waits_gives_its_turn_away() {
        var order = Collections.synchronizedList(new ArrayList<String>());
        run(
                1,
                Case.must("X-1", "", "")
                        .judged(scene -> {
                            order.add("begin");
                            scene.pauses(Duration.ofMillis(300));
                            order.add("end");
                        }),
                Case.must("X-2", "", "").judged(scene -> order.add("meanwhile")));

        assertThat(order).last().isEqualTo("end");
        assertThat(order).contains("meanwhile");
    }

    @Test
    void who_disturbs_runs_last_and_the_verdicts_keep_the_order() {
        var order = Collections.synchronizedList(new ArrayList<String>());
        var verdicts =
                run(
                        2,
                        Case.must("X-1", "", "").alone().judged(scene -> order.add("alone")),
                        Case.must("X-2", "", "").judged(scene -> order.add("other")));

        assertThat(order).containsExactly("other", "alone");
        assertThat(verdicts).extracting(one -> one.judged().id()).containsExactly("X-1", "X-2");
    }

    private List<Judged> run(int atOnce, Case... cases) {
        var nowhere = URI.create("http://localhost:1/");
        var metadata =
                new Metadata(
                        "http://localhost:1", Optional.empty(), Optional.empty(), nowhere, nowhere);
        var roles =
                new Roles(
                        Client.open("tv"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "resource",
                        Optional.empty(),
                        Optional.empty());
        var stage =
                new Stage(
                        wire.orElseThrow(),
                        metadata,
                        roles,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        new Random(1));
        return new Suite(stage, atOnce, one -> {}).run(List.of(cases));
    }
}
