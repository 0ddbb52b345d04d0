package tandem.conformance.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tandem.conformance.suite.Judged;

/// One run, as all reports see it.
public record Reports(String issuer, Instant begin, Duration took, List<Judged> judged) {
    public Reports {
        judged = List.copyOf(judged);
    }

    public static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    Totals totals() {
        return Totals.of(judged);
    }

    /// By area, in the order of the cases.
    Map<String, List<Judged>> areas() {
        return judged.stream()
                .collect(
                        Collectors.groupingBy(
                                one -> one.judged().area(),
                                LinkedHashMap::new,
                                Collectors.toList()));
    }

    public static void write(Optional<Path> file, String text) {
        file.ifPresent(path -> {
            try {
                Files.writeString(path, text);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + path, e);
            }
        });
    }
}
