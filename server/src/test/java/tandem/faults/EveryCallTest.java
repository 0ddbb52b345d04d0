package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.scenario.Answer;
import tandem.store.sql.Fault;
import tandem.store.sql.Faults;

/// The database fails at the n-th call of a request, for every n: the answer is right, or 503 and
/// nothing half done; and asked again, it is right.
///
/// Each n meets one kind of fault, or each of them by `-Dtandem.faults.all=true`.
class EveryCallTest {

    private static final boolean ALL = Boolean.getBoolean("tandem.faults.all");
    private static final int CALLS_MAX = 100;

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
    }

    @TempDir private Path folder;

    private final Faults faults = new Faults();

    @ParameterizedTest
    @EnumSource(On.class)
    void a_request_whose_database_fails_is_answered_right_or_503_and_right_when_asked_again(
            On on, TestReporter reporter) throws Exception {
        int cases = 0;
        try (var scene = new Scene(folder, on == On.POSTGRESQL, faults)) {
            for (var scenario : chosen()) {
                int struck = 0;
                for (int n = 1; n <= CALLS_MAX && meets(on, scene, scenario, n) > 0; n++) {
                    struck = n;
                }
                cases += struck;
                reporter.publishEntry(on + " " + scenario, struck + " calls");
            }
            scene.books.audit(java.time.Instant.EPOCH);
        }
        reporter.publishEntry(on + " in all", cases + " calls");
    }

    private static List<Scenario> chosen() {
        var one = Optional.ofNullable(System.getProperty("tandem.faults.scenario"));
        return one.map(name -> List.of(Scenario.valueOf(name)))
                .orElseGet(() -> List.of(Scenario.values()));
    }

    /// How many kinds of fault the n-th call met; none when there are not so many calls.
    private int meets(On on, Scene scene, Scenario scenario, int n) throws Exception {
        int struck = 0;
        for (var kind : on.kinds(n + scenario.name().length())) {
            struck += meets(scene.anew(), scenario, n, kind) ? 1 : 0;
        }
        return struck;
    }

    private boolean meets(Scene scene, Scenario scenario, int n, Fault kind) throws Exception {
        var asked = scenario.on(scene);
        faults.arm(kind, n);
        var answer = asked.asks().get();
        boolean unclear = faults.struckCommit();
        var call = faults.heal();
        var place = "%s, %s at call %d: %s".formatted(scenario, kind, n, call.orElse("none"));
        try {
            boolean good = asked.good().test(answer);
            assertThat(good || unavailable(answer))
                    .as("%s %s", answer.status(), answer.body())
                    .isTrue();
            if (kind == Fault.WARNED && unclear) {
                assertThat(good).as("acknowledged in spite of the warning").isFalse();
            }
            scene.audit();
            asked.afterwards().accept(new Asked.Past(answer, good, unclear));
            scene.audit();
            scene.assertIdle();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(place, e);
        }
        return call.isPresent();
    }

    private static boolean unavailable(Answer answer) {
        return answer.status() == 503 && answer.header("Retry-After").isPresent();
    }
}
