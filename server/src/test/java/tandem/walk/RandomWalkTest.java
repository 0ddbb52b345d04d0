package tandem.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Walks at random and asks after every step whether the server still keeps its word: at most one
/// redemption, tokens only for what was approved, ends that stay ends, one current refresh token,
/// no answer but those of the contract.
///
/// `-Dtandem.walk.seeds=N` walks N times, `-Dtandem.walk.steps=M` takes M steps each, and
/// `-Dtandem.walk.seed=S` repeats one walk. A walk that fails is shortened as far as it still
/// fails, and printed.
class RandomWalkTest {
    private static final int STEPS = Integer.getInteger("tandem.walk.steps", 120);
    private static final int SEEDS = Integer.getInteger("tandem.walk.seeds", 4);

    /// So many shorter walks are tried to shorten one that fails.
    private static final int TRIES_MAX = 150;

    @TempDir private Path folder;

    static LongStream seeds() {
        var one = Long.getLong("tandem.walk.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        // The same ones each time, and one that nobody has walked before.
        return LongStream.concat(
                LongStream.range(1, SEEDS), LongStream.of(new Random().nextLong(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_walk_keeps_the_contract(long seed) {
        var random = new Random(seed);
        var steps = new ArrayList<Step>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(Step.draw(random));
        }
        var failure = walk(steps);
        if (failure.isPresent()) {
            var shortest = shortened(steps);
            throw new AssertionError(
                    "seed %d, repeat with -Dtandem.walk.seed=%d -Dtandem.walk.steps=%d%n%s"
                            .formatted(seed, seed, STEPS, lines(shortest)),
                    walk(shortest).orElse(failure.get()));
        }
    }

    private static String lines(List<Step> steps) {
        return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
    }

    /// Takes out ever smaller pieces, as long as what is left still fails.
    private List<Step> shortened(List<Step> steps) {
        var shortest = new ArrayList<>(steps);
        int tries = 0;
        for (int piece = shortest.size() / 2; piece >= 1; piece /= 2) {
            for (int from = 0; from < shortest.size() && tries < TRIES_MAX; ) {
                var without = new ArrayList<>(shortest);
                without.subList(from, Math.min(from + piece, without.size())).clear();
                tries++;
                if (walk(without).isPresent()) {
                    shortest = without;
                } else {
                    from += piece;
                }
            }
        }
        return shortest;
    }

    private Optional<Throwable> walk(List<Step> steps) {
        try (var walk = new Walk(Files.createTempDirectory(folder, "walk"))) {
            for (int i = 0; i < steps.size(); i++) {
                try {
                    walk.take(steps.get(i));
                } catch (AssertionError | RuntimeException e) {
                    return Optional.of(
                            new AssertionError("step %d: %s".formatted(i, steps.get(i)), e));
                }
            }
            try {
                walk.looksAtTheLogs();
            } catch (AssertionError e) {
                return Optional.of(e);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
