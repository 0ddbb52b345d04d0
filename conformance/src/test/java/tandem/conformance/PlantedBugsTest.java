package tandem.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Servers with one bug each, and the cases that find it. `planted-bugs.yaml` says which line of
/// the server becomes what, and which cases turn red: those, and no other.
///
/// Each bug is run against its own cases. `-Dtandem.bugs.whole=true` runs the whole suite against
/// each, and so shows that nothing else turns red.
@Execution(ExecutionMode.CONCURRENT)
class PlantedBugsTest {
    private static final Path SERVER = Path.of("..", "server").toAbsolutePath().normalize();
    private static final Path CLASSES = SERVER.resolve("target/classes");
    private static final boolean WHOLE = Boolean.getBoolean("tandem.bugs.whole");

    @TempDir private Path folder;

    /// A bug.
    ///
    /// @param file below the server's root package
    /// @param line what stands there, once
    /// @param instead what a slip of the pen would have left there
    /// @param red the cases that find it
    record Bug(String name, String file, String line, String instead, List<String> red) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Bugs(List<Bug> bugs) {}

    static Stream<Bug> bugs() throws IOException {
        try (var file = PlantedBugsTest.class.getResourceAsStream("planted-bugs.yaml")) {
            return YAMLMapper.builder().build().readValue(file, Bugs.class).bugs().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void the_bug_turns_its_cases_red(Bug bug) throws IOException {
        var built = Files.isDirectory(CLASSES.resolve("tandem/app"));
        if ("true".equals(System.getenv("CI"))) {
            assertThat(built).as("the server's classes: %s", CLASSES).isTrue();
        }
        assumeTrue(built, "the server is not built: ./mvnw package");

        var server = new TandemServer();
        try {
            server.starts(folder, "-cp", plant(bug) + libraries(), "tandem.app.Main");
            assertThat(red(server, bug)).containsExactlyInAnyOrderElementsOf(bug.red());
        } finally {
            server.ends();
        }
    }

    @Test
    void the_table_in_the_documentation_is_this_one() throws IOException {
        var told = Files.readString(Path.of("..", "docs", "conformance.md"));
        assertThat(told.lines())
                .containsSequence(
                        bugs().map(bug ->
                                        "| %s | %s |"
                                                .formatted(
                                                        bug.name(), String.join(", ", bug.red())))
                                .toList());
    }

    private List<String> red(TandemServer server, Bug bug) {
        var report = folder.resolve("report.json");
        var told = new StringWriter();
        var arguments =
                new ArrayList<>(server.arguments("--parallel", "8", "--json", report.toString()));
        if (!WHOLE) {
            arguments.addAll(List.of("--only", String.join(",", bug.red())));
        }
        Main.execute(TandemServer.SECRETS, new PrintWriter(told), arguments);
        assertThat(report).as(told.toString()).exists();
        return TandemServer.cases(report).stream()
                .filter(one ->
                        !one.path("verdict").asString().equals("passed")
                                && !one.path("verdict").asString().equals("skipped"))
                .map(one -> one.path("id").asString())
                .toList();
    }

    /// Compiles the one changed file into a folder that comes before the server's own classes.
    private Path plant(Bug bug) throws IOException {
        var file = SERVER.resolve("src/main/java/tandem").resolve(bug.file());
        var source = Files.readString(file);
        assertThat(source.split(Pattern.quote(bug.line()), -1))
                .as("'%s' stands once in %s", bug.line(), bug.file())
                .hasSize(2);
        var changed = folder.resolve(file.getFileName());
        Files.writeString(changed, source.replace(bug.line(), bug.instead()));
        var planted = Files.createDirectory(folder.resolve("planted"));
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-nowarn",
                                "-proc:none",
                                "-parameters",
                                "-d",
                                planted.toString(),
                                "-cp",
                                libraries().substring(1),
                                changed.toString());
        assertThat(code).as("the bug compiles").isZero();
        return planted;
    }

    /// The server's classes and what they need, after anything else.
    private static String libraries() throws IOException {
        try (var jars = Files.list(SERVER.resolve("target/lib"))) {
            return Stream.concat(Stream.of(CLASSES), jars.sorted())
                    .map(entry -> File.pathSeparator + entry)
                    .collect(Collectors.joining());
        }
    }
}
