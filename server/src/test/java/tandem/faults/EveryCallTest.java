package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.scenario.Answer;
import tandem.store.sql.Fault;
import tandem.store.sql.Faults;

/// The database fails at the n-th call of a request, for every n: the answer is right, or 503 and
/// nothing half done; and asked again, it is right.
///
/// Every commit's answer is lost once, and every fourth n meets one kind of fault; by
/// `-Dtandem.faults.all=true` each n meets each kind.
class EveryCallTest {

    private static final boolean ALL = Boolean.getBoolean("tandem.faults.all");
    private static final int CALLS_MAX = 100;
    private static final int STRIDE = 4;

    enum On {
        SQLITE,
        POSTGRESQL;

        /// One kind for each call, another for the next; or all.
        private List<Fault> kinds(int n) {
            var kinds =
                    Arrays.stream(Fault.values())
                            .filter(kind -> this == POSTGRESQL || kind != Fault.WARNED)
                            .toList();
            return ALL ? kinds : List.of(kinds.get(n % kinds.size()));
        }

        /// What leaves it open whether a commit happened.
        private List<Fault> unclear() {
            return this == POSTGRESQL
                    ? List.of(Fault.ANSWER_LOST, Fault.WARNED)
                    : List.of(Fault.ANSWER_LOST);
        }
    }

    @TempDir private Path folder;

    private final Faults faults = new Faults();
    private final List<String> failures = new ArrayList<>();

    @ParameterizedTest
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    @EnumSource(On.class)
    void a_request_whose_database_fails_is_answered_right_or_503_and_right_when_asked_again(
            On on, TestReporter reporter) throws Exception {
        int cases = 0;
        failures.clear();
        try (var scene = new Scene(folder, on == On.POSTGRESQL, faults)) {
            for (var scenario : chosen()) {
                int failed = meets(on, scene, scenario);
                cases += failed;
                reporter.publishEntry(on + " " + scenario, failed + " calls");
            }
        }
        reporter.publishEntry(on + " in all", cases + " calls");
        assertThat(failures).isEmpty();
    }

    private static List<Scenario> chosen() {
        var one = Optional.ofNullable(System.getProperty("tandem.faults.scenario"));
        return one.map(name -> Scenario.all().stream().filter(s -> s.name().equals(name)).toList())
                .orElseGet(() -> Scenario.all());
    }

    /// How many calls failed.
    private int meets(On on, Scene scene, Scenario scenario) throws Exception {
        int failed = 0;
        for (var kind : on.unclear()) {
            IntConsumer arms = n -> faults.armCommit(kind, n);
            for (int n = 1; meets(scene, scenario, kind, n, arms); n++) {
                failed++;
            }
        }
        boolean more = true;
        for (int n = 1; n <= CALLS_MAX && more; n += ALL ? 1 : STRIDE) {
            more = false;
            for (var kind : on.kinds(n + scenario.name().length())) {
                more |= meets(scene, scenario, kind, n, at -> faults.arm(kind, at));
            }
            failed += more ? 1 : 0;
        }
        return failed;
    }

    private boolean meets(Scene scene, Scenario scenario, Fault kind, int n, IntConsumer arms)
            throws Exception {
        var asked = scenario.on(scene.anew());
        arms.accept(n);
        var answer = asked.asks().get();
        boolean unclear = faults.struckCommit();
        var call = faults.heal();
        try {
            boolean good = asked.good().test(answer);
            assertThat(good || unavailable(answer))
                    .as("%s %s", answer.status(), answer.body())
                    .isTrue();
            if (kind == Fault.WARNED && unclear) {
                assertThat(asked.acknowledges().test(answer))
                        .as("acknowledged in spite of the warning")
                        .isFalse();
            }
            scene.audit();
            asked.afterwards().accept(new Asked.Past(answer, good, unclear));
            scene.audit();
            scene.assertIdle();
        } catch (AssertionError | RuntimeException e) {
            failures.add(
                    "%s, %s at call %d: %s: %s"
                            .formatted(scenario, kind, n, call.orElse("none"), e));
        }
        return call.isPresent();
    }

    /// Programs are told in JSON, people by a page.
    private static boolean unavailable(Answer answer) {
        boolean page = answer.response().uri().getPath().matches("/(activate|login|account).*");
        return answer.status() == 503
                && answer.header("Retry-After").isPresent()
                && answer.header("Content-Type")
                        .filter(type -> type.startsWith(page ? "text/html" : "application/json"))
                        .isPresent();
    }
}
