package tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The fault is one: with a full disk the server refuses what it cannot keep, and with room again
/// all is well. In the schedule of [LedgerTest] it is one of many.
@Timeout(300)
class FullDiskTest {

    private static final int REQUESTS_MAX = 2_000;

    @Test
    void the_embedded_database_refuses_on_a_full_disk(@TempDir Path folder) {
        try (var topology = new EmbeddedNode(folder, Optional.empty())) {
            refusesWhileFull(topology, "the disk is full");
        }
    }

    @Test
    void postgresql_refuses_on_a_full_disk(@TempDir Path folder) throws IOException {
        LedgerTest.assumeInstalled();
        try (var topology = new TwoNodes(folder, true, Optional.empty())) {
            refusesWhileFull(topology, "the primary's disk is full");
        }
    }

    private static void refusesWhileFull(Topology topology, String name) {
        assumeTrue(topology.disk().canBeFull(), topology.disk().refusal());
        var full =
                topology.faults(new Random()).stream()
                        .filter(fault -> fault.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        full.begins().run();
        assertThat(someday(topology, 503)).as("refused while it is full").isTrue();
        full.ends().run();
        assertThat(someday(topology, 200)).as("taken when there is room again").isTrue();
    }

    private static boolean someday(Topology topology, int status) {
        return IntStream.range(0, REQUESTS_MAX).anyMatch(i -> asks(topology) == status);
    }

    private static int asks(Topology topology) {
        return topology.nodes()
                .getFirst()
                .directly()
                .post("/oauth/device/code", "client_id", "tv", "scope", "offline_access")
                .status();
    }
}
