package tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tandem.manage.Resources;
import tandem.web.Limits.Limit;

/// `docs/configuration.md` says what the code does. Its tables are written by this test when it
/// runs with `-Dtandem.docs=write`.
class ConfigurationDocTest {
    private static final Path DOC = Path.of("..", "docs", "configuration.md");

    @Test
    void the_tables_are_those_of_the_code() throws IOException {
        var now = Files.readString(DOC);
        var wanted = replaced(replaced(now, "settings", settings()), "limits", limits());
        if ("write".equals(System.getProperty("tandem.docs"))) {
            Files.writeString(DOC, wanted);
        }
        assertThat(now).as("run this test with -Dtandem.docs=write").isEqualTo(wanted);
    }

    @Test
    void the_example_of_a_resource_file_has_no_mistake_but_the_logos_that_are_not_there()
            throws IOException {
        var yaml = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(DOC));
        assertThat(yaml.find()).isTrue();
        var mistakes = Resources.check(Document.of("example", yaml.group(1)).root());
        assertThat(mistakes).hasSize(2).allSatisfy(m -> assertThat(m.path()).endsWith("logo"));
    }

    private static String replaced(String doc, String name, String table) {
        var between =
                Pattern.compile("(?s)(<!-- " + name + ": [^\n]*\n).*?(<!-- end of " + name + ")");
        var found = between.matcher(doc);
        assertThat(found.find()).as(name).isTrue();
        return found.replaceFirst("$1" + Matcher.quoteReplacement(table) + "$2");
    }

    private static String settings() {
        var table = new StringBuilder("| key | standard | takes | |\n|---|---|---|---|\n");
        for (var setting : Setting.values()) {
            table.append(
                    "| `%s` | %s | %s | %s%s |\n"
                            .formatted(
                                    setting.key(),
                                    setting.standard(),
                                    setting.takes().replace("|", "\\|"),
                                    setting.meaning(),
                                    setting.fileVariable()
                                            .map(file ->
                                                    " Also `" + file + "`, a file with the value.")
                                            .orElse("")));
        }
        return table.toString();
    }

    private static String limits() {
        var table = new StringBuilder("| name | at once | then |\n|---|---|---|\n");
        for (var limit : Limit.values()) {
            var rate = limit.standard();
            table.append(
                    "| `%s` | %d | %d every %d s |\n"
                            .formatted(
                                    limit.wire(),
                                    rate.burst(),
                                    rate.refill(),
                                    rate.period().toSeconds()));
        }
        return table.toString();
    }
}
