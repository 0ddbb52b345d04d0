package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Many devices for a long time: whatever a server keeps stays as large as it was.
///
/// A few devices for some seconds unless told otherwise by `-Dtandem.soak.minutes` and
/// `-Dtandem.soak.devices`; the curves are then in `target/soak`.
class SoakTest {
    private static final double MINUTES =
            Double.parseDouble(System.getProperty("tandem.soak.minutes", "0.25"));
    private static final int DEVICES = Integer.getInteger("tandem.soak.devices", 40);
    private static final Path OUT = Path.of(System.getProperty("tandem.soak.out", "target/soak"));

    /// Shorter runs say nothing of what grows.
    private static final double TELLING_MINUTES = 20;

    private static final double GROWTH_MAX = 1.25;
    private static final Duration CYCLE_MAX = Duration.ofMinutes(5);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    @Test
    @Timeout(value = 2, unit = TimeUnit.DAYS)
    void a_server_that_has_run_for_long_needs_no_more_than_before(@TempDir Path folder)
            throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "memory is read from /proc");
        tandem.asLaunched()
                .startsIn(folder, "limits: off\n", Map.of("users", Crowd.users(DEVICES)));
        var all = Duration.ofMillis((long) (MINUTES * 60_000));
        var cycle = all.dividedBy(3).compareTo(CYCLE_MAX) < 0 ? all.dividedBy(3) : CYCLE_MAX;
        var between = all.dividedBy(5).compareTo(BETWEEN) < 0 ? all.dividedBy(5) : BETWEEN;
        var samples = new Samples(tandem, folder.resolve("data/tandem.db"));
        try (var crowd = new Crowd(tandem, DEVICES, cycle)) {
            crowd.start();
            while (samples.seconds() < all.toSeconds()) {
                TimeUnit.MILLISECONDS.sleep(between.toMillis());
                samples.take(crowd);
                write(samples);
            }
            assertThat(crowd.told()).isEmpty();
            assertThat(crowd.lives()).isPositive();
        }
        if (MINUTES >= TELLING_MINUTES) {
            assertFlat(samples);
        }
    }

    private static void write(Samples samples) throws Exception {
        Files.createDirectories(OUT);
        Files.writeString(OUT.resolve("soak.csv"), samples.csv());
        var title = "%d devices, %.1f minutes".formatted(DEVICES, samples.seconds() / 60);
        Files.writeString(OUT.resolve("soak.svg"), samples.svg(title));
    }

    /// Events and ended links are kept on purpose; everything else is as large at the end as it was
    /// when all devices were there.
    private static void assertFlat(Samples samples) {
        for (var name :
                new String[] {
                    "resident MB",
                    "heap MB",
                    "platform threads",
                    "connections",
                    "open files",
                    "live codes",
                    "rows of device_authorization",
                    "rows of session"
                }) {
            assertThat(samples.mean(name, 0.75, 1))
                    .as(name)
                    .isLessThanOrEqualTo(samples.mean(name, 0.4, 0.6) * GROWTH_MAX + 5);
        }
    }
}
