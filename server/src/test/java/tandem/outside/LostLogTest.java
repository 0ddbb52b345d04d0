package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Scrape;

/// The log's target is full: the flow goes on, and a metric shows what is lost.
class LostLogTest {
    private static final Path FULL = Path.of("/dev/full");

    @RegisterExtension final TandemProcess tandem = new TandemProcess().logsTo(FULL);

    @Test
    void a_full_disk_below_the_log_stops_nobody(@TempDir Path folder) throws IOException {
        assumeTrue(Files.exists(FULL), "this system has no /dev/full");
        tandem.startsIn(folder);
        tandem.linkedTelevision();
        assertThat(Scrape.of(tandem.management()).of("tandem_log_lines_dropped_total"))
                .isPositive();
    }
}
