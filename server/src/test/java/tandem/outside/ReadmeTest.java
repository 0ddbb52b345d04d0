package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Tool;
import tools.jackson.databind.json.JsonMapper;

/// What README.md tells its reader to write and to type works, word for word; only the port is
/// another one.
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class ReadmeTest {
    private static final String PORT = "8080";
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private String readme;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        folder = empty;
        readme = Files.readString(Path.of("..", "README.md")).replace(PORT, "" + tandem.port());
        var yaml = blocks("yaml");
        tandem.startsIn(folder, yaml.getFirst(), yaml.getLast());
        var words = tandem.command().stream().map(word -> "'" + word + "'");
        launcher("exec " + words.collect(Collectors.joining(" ")) + " \"$@\"");
    }

    @Test
    void its_configuration_is_good() {
        var ran = typed("./tandem check");
        assertThat(ran.output()).isEqualTo("tandem.yaml, resources.yaml are good\n");
        assertThat(ran.status()).isZero();
    }

    @Test
    void it_starts_the_server_as_the_tests_do() {
        assertThat(block("sh", "./tandem serve"))
                .contains("\n./tandem serve --config tandem.yaml --apply resources.yaml\n");
    }

    @Test
    void its_curl_lines_are_answered_as_it_says() {
        Tool.needed("curl");
        var answer = typed("curl -d client_id=tv").json();
        var shown = new JsonMapper().readTree(block("json", "device_code"));
        assertThat(answer.propertyNames())
                .containsExactlyElementsOf(shown.propertyNames())
                .hasSize(6);
        for (var member : List.of("verification_uri", "expires_in", "interval")) {
            assertThat(answer.path(member)).as(member).isEqualTo(shown.path(member));
        }
        assertThat(answer.path("verification_uri_complete").asString())
                .isEqualTo(
                        "%s/activate?user_code=%s",
                        tandem.issuer(), answer.path("user_code").asString());

        var poll = line("curl -d grant_type");
        var code = answer.path("device_code").asString();
        var pending = shell(poll.replace("device_code=…", "device_code=" + code)).json();
        assertThat(pending.path("error").asString()).isEqualTo("authorization_pending");
    }

    private Ran typed(String start) {
        return shell(line(start));
    }

    private Ran shell(String line) {
        var quiet = line.replaceFirst("^curl ", "curl --silent --show-error ");
        return Ran.in(folder, List.of("sh", "-c", quiet), TandemProcess.environment());
    }

    /// The line of a shell block that starts so, with those that continue it.
    private String line(String start) {
        var wanted =
                Pattern.compile("(?m)^" + Pattern.quote(start) + "(?:.*\\\\\n)*.*$")
                        .matcher(block("sh", start));
        assertThat(wanted.find()).isTrue();
        return wanted.group();
    }

    private String block(String language, String part) {
        var holding = blocks(language).stream().filter(block -> block.contains(part)).toList();
        assertThat(holding).as(language + " with " + part).hasSize(1);
        return holding.getFirst();
    }

    private List<String> blocks(String language) {
        return BLOCK.matcher(readme)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /// The reader's `./tandem`, without its build.
    private void launcher(String script) throws IOException {
        var file = folder.resolve("tandem");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
