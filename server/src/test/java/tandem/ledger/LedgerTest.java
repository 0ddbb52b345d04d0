package tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever happens to the processes and the network between them, nothing that was acknowledged is
/// lost. More seeds by `-Dtandem.ledger.seeds=200`, from another first one by
/// `-Dtandem.ledger.from=…`.
@Timeout(300)
class LedgerTest {

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("tandem.ledger.seeds", 3))
                .map(seed -> seed + Long.getLong("tandem.ledger.from", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void one_node_on_the_embedded_database(long seed, @TempDir Path folder) {
        try (var topology = new EmbeddedNode(folder, Optional.empty())) {
            assertNothingLost(seed, topology);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void two_nodes_on_a_primary_and_its_standby(long seed, @TempDir Path folder)
            throws IOException {
        assumeInstalled();
        try (var topology = new TwoNodes(folder, true, Optional.empty())) {
            assertNothingLost(seed, topology);
        }
    }

    static void assumeInstalled() throws IOException {
        assumeTrue(
                Cluster.programs().isPresent() || "true".equals(System.getenv("CI")),
                "needs Debian's postgresql");
    }

    private static void assertNothingLost(long seed, Topology topology) {
        if (!topology.disk().canBeFull()) {
            System.out.println("without a full disk: " + topology.disk().refusal());
        }
        var trial = Trial.of(seed, topology);
        System.out.printf(
                "%s, seed %d: %d faults, %d facts, %d breaches%n",
                topology.getClass().getSimpleName(),
                seed,
                trial.faults().size(),
                trial.facts(),
                trial.breaches().size());
        assertThat(trial.breaches()).as(() -> trial.told(seed)).isEmpty();
        assertThat(trial.facts()).isGreaterThan(20);
    }

    /// What is not on the standby is lost with the primary: the checker must say so.
    @Test
    void an_asynchronous_standby_is_found_out(@TempDir Path folder) throws IOException {
        assumeInstalled();
        for (long seed = 1; seed <= 5; seed++) {
            try (var topology = new TwoNodes(folder, false, Optional.empty())) {
                var trial =
                        Trial.of(seed, topology, fault -> fault.name().equals("the primary dies"));
                if (!trial.breaches().isEmpty()) {
                    System.out.printf("an asynchronous standby: loss found by seed %d%n", seed);
                    return;
                }
            }
        }
        fail("no loss was noticed");
    }
}
