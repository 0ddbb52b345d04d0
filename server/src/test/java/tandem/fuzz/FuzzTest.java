package tandem.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Feeds every target, for a few seconds each, with inputs that Jazzer makes of good ones, guided
/// by the code they reach. Each target says itself what must hold; CONTRIBUTING.md says how to
/// search for longer and how to repeat.
class FuzzTest {
    private static final long SECONDS = Long.getLong("tandem.fuzz.seconds", 5);
    private static final String ONLY = System.getProperty("tandem.fuzz.targets", "");
    private static final String REPEAT = System.getProperty("tandem.fuzz.repeat", "");

    /// Kept over runs where somebody searches for long.
    private static final String CORPUS = System.getProperty("tandem.fuzz.corpus", "");

    @TempDir private Path folder;

    static Stream<Target> targets() {
        var only = REPEAT.isEmpty() ? ONLY : REPEAT.substring(0, REPEAT.indexOf(':'));
        return Target.ALL.stream()
                .filter(target ->
                        only.isEmpty() || List.of(only.split(",", -1)).contains(target.name()));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void the_good_inputs_are_taken(Target target) throws Exception {
        try (var fuzzed = target.start().in(folder)) {
            for (var seed : target.goodBytes()) {
                fuzzed.take(seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 7, unit = TimeUnit.DAYS)
    void no_input_breaks_what_is_promised(Target target) throws Exception {
        if (!REPEAT.isEmpty()) {
            repeated(target, Base64.getDecoder().decode(REPEAT.substring(REPEAT.indexOf(':') + 1)));
            return;
        }
        var corpus = CORPUS.isEmpty() ? folder.resolve("corpus") : Path.of(CORPUS);
        var end =
                new Campaign(
                                target,
                                folder,
                                corpus.resolve(target.name()).toAbsolutePath(),
                                Duration.ofSeconds(SECONDS))
                        .run();
        System.out.printf(
                "fuzzed %s: %d inputs, %d places reached by the good ones, %d in the end%n",
                target, end.executions(), end.before(), end.after());
        if (end.input().isPresent()) {
            throw new AssertionError(
                    Finding.told(target, target.made(end.input().get()), end.output(), folder));
        }
        assertThat(end.good()).as(end.output()).isTrue();
        assertThat(end.after()).as("nothing was reached: %s", end.output()).isPositive();
    }

    private void repeated(Target target, byte[] input) throws Exception {
        try (var fuzzed = target.start().in(folder)) {
            fuzzed.take(input);
        }
    }
}
