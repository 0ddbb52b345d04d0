package tandem.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What `docs/scale.md` says is what the formulas say.
class CapacityTest {
    private static final List<Integer> FLEETS = List.of(1_000_000, 100_000_000, 1_000_000_000);

    @Test
    void the_documentation_says_what_the_formulas_say() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "scale.md"));
        assertThat(page)
                .contains(row("refreshes a second, on average", c -> c.refreshes().mean()))
                .contains(row("refreshes a second, busiest hour", c -> c.refreshes().peak()))
                .contains(row("codes a second, busiest hour", c -> c.codes().peak()))
                .contains(row("polls a second, busiest hour", c -> c.polls().peak()))
                .contains(row("codes that live at a time", c -> c.liveCodes().peak()))
                .contains(row("letters of a user code", Capacity::length))
                .contains(row("devices used at a time", c -> c.awake().peak()))
                .contains(
                        row(
                                "refreshes a second after an outage",
                                c -> Capacity.herd(c.awake().peak())));
    }

    @Test
    void polls_that_wait_are_a_sixth() {
        var fleet = Fleet.ofManyTelevisions(1_000_000);
        var waiting = fleet.waiting(Duration.ofSeconds(30));
        assertThat(Capacity.pollsPerCode(fleet)).isBetween(31.5, 32.0);
        assertThat(Capacity.pollsPerCode(waiting)).isBetween(5.0, 5.1);
    }

    private static String row(String what, ToDoubleFunction<Capacity> figure) {
        return FLEETS.stream()
                .map(devices -> Capacity.of(Fleet.ofManyTelevisions(devices)))
                .map(capacity -> rounded(figure.applyAsDouble(capacity)))
                .collect(Collectors.joining(" | ", "| " + what + " | ", " |"));
    }

    /// Two digits that count.
    private static String rounded(double value) {
        if (value < 1) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(value)) - 1));
        return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
    }
}
