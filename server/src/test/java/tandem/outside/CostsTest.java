package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.ledger.Cluster;

/// What each operation costs, the figures of `docs/scale.md`: printed, not judged.
///
/// A few of each unless told otherwise by `-Dtandem.costs=true`, which takes minutes and both
/// cores.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class CostsTest {
    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @Test
    void on_the_embedded_database(@TempDir Path folder) throws Exception {
        measure(folder, new Costs.Embedded(folder.resolve("data/tandem.db")));
    }

    @Test
    void on_postgresql_with_a_synchronous_standby(@TempDir Path folder) throws Exception {
        assumeTrue(
                Cluster.programs().isPresent() || "true".equals(System.getenv("CI")),
                "needs Debian's postgresql");
        try (var cluster = new Cluster(true)) {
            tandem.on(cluster.url());
            measure(folder, new Costs.Primary(cluster));
            tandem.isKilled();
        }
    }

    private void measure(Path folder, Costs.Database database) throws Exception {
        tandem.asLaunched().startsIn(folder, "limits: off\n", Costs.RESOURCES);
        try (var costs = new Costs(tandem, database)) {
            assertThat(costs.table()).contains("pending poll", "bytes a row of link");
        }
    }
}
