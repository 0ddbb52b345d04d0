package tandem.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/metrics.md` says what the code says.
class MetricsDocTest {
    private static final Path DOC = Path.of("..", "docs", "metrics.md");
    private static final Pattern TABLE =
            Pattern.compile("(?s)(<!-- metrics: [^\n]*\n).*?(<!-- end of metrics)");

    @Test
    void the_table_is_that_of_the_code() throws IOException {
        var now = Files.readString(DOC);
        var found = TABLE.matcher(now);
        assertThat(found.find()).isTrue();
        var wanted = found.replaceFirst("$1" + Matcher.quoteReplacement(table()) + "$2");
        if ("write".equals(System.getProperty("tandem.docs"))) {
            Files.writeString(DOC, wanted);
        }
        assertThat(now).as("run this test with -Dtandem.docs=write").isEqualTo(wanted);
    }

    private static String table() {
        return "| name | kind | labels | |\n|---|---|---|---|\n"
                + Arrays.stream(Metric.values())
                        .map(MetricsDocTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Metric metric) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        metric.wire(),
                        metric.kind().name().toLowerCase(Locale.ROOT),
                        metric.labels().isEmpty() ? "–" : String.join(", ", metric.labels()),
                        metric.tells());
    }
}
