package tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reads the sources as text: what is tidy without being told stays tidy.
class TidyTest {
    private static final int LINES_OF_A_FILE = 350;

    private static final Path MAIN = Path.of("src", "main");
    private static final Path TEST = Path.of("src", "test");
    private static final Path HERE = Path.of("TidyTest.java");

    /// Names that say nothing of what the class is.
    private static final Pattern EMPTY_NAME =
            Pattern.compile("(\\w*(Utils?|Managers?|Helpers?|Impl|Services?)|Default\\w+)\\.java");

    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@([\\w.]+\\.)?Disabled\\b");

    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>.*?<artifactId>([^<]*)<", Pattern.DOTALL);

    @Test
    void no_file_tires_its_reader() {
        assertNone(
                "longer than %d lines: give a part of it a name and a file of its own"
                        .formatted(LINES_OF_A_FILE),
                files(MAIN, ".java", ".jte", ".js", ".sql")
                        .filter(file -> lines(file).size() > LINES_OF_A_FILE)
                        .map(file -> "%s has %d".formatted(file, lines(file).size())));
    }

    @Test
    void nothing_is_left_for_later() {
        assertNone(
                "left for later: do it, or write it down where work is planned",
                linesThat(LEFT_FOR_LATER.asPredicate()));
    }

    @Test
    void no_test_is_switched_off() {
        assertNone(
                "switched off: a test without its tool is skipped by an assumption; one that fails is mended",
                linesThat(SWITCHED_OFF.asPredicate()));
    }

    @Test
    void no_line_has_a_tab() {
        assertNone("a tab: indent with spaces", linesThat(line -> line.contains("\t")));
    }

    @Test
    void no_name_is_empty_of_meaning() {
        assertNone(
                "a name that says nothing: call it what it is",
                files(MAIN, ".java")
                        .filter(file -> EMPTY_NAME.matcher(name(file)).matches())
                        .map(Path::toString));
    }

    @Test
    void every_package_says_what_it_owns() {
        assertNone(
                "no package-info.java beside it: say what the room owns and what it does not",
                Stream.of(MAIN, TEST)
                        .flatMap(root -> files(root, ".java"))
                        .filter(file -> !said(file))
                        .map(Path::toString));
    }

    /// A test's room says what it owns where the room is.
    private static boolean said(Path file) {
        var room = file.startsWith(TEST) ? MAIN.resolve(TEST.relativize(file)) : file;
        return Files.exists(file.resolveSibling("package-info.java"))
                || Files.exists(room.resolveSibling("package-info.java"));
    }

    @Test
    void every_package_is_null_marked_and_described() {
        assertNone(
                "a package-info.java without a /// comment or without @NullMarked",
                Stream.of(MAIN, TEST)
                        .flatMap(root -> files(root, "package-info.java"))
                        .filter(file ->
                                lines(file).stream().noneMatch("@NullMarked"::equals)
                                        || !lines(file).getFirst().startsWith("/// "))
                        .map(Path::toString));
    }

    @Test
    void every_dependency_has_its_line() {
        var told = String.join("\n", lines(Path.of("..", "docs", "dependencies.md")));
        assertNone(
                "no line in docs/dependencies.md: say why it is here and under which licence",
                DEPENDENCY
                        .matcher(String.join("\n", lines(Path.of("pom.xml"))))
                        .results()
                        .map(match -> match.group(1))
                        .filter(artifact -> !told.contains("| `" + artifact + "` |")));
    }

    /// The lines of all sources, but for this file's, which must name what it forbids.
    private static Stream<String> linesThat(Predicate<String> forbidden) {
        return Stream.of(MAIN, TEST)
                .flatMap(root ->
                        files(
                                root,
                                ".java",
                                ".jte",
                                ".css",
                                ".js",
                                ".mjs",
                                ".sql",
                                ".properties",
                                ".xml",
                                ".yaml"))
                .filter(file -> !file.endsWith(HERE))
                .flatMap(file -> {
                    var lines = lines(file);
                    return IntStream.range(0, lines.size())
                            .filter(at -> forbidden.test(lines.get(at)))
                            .mapToObj(at ->
                                    "%s:%d %s".formatted(file, at + 1, lines.get(at).strip()));
                });
    }

    private static void assertNone(String why, Stream<String> found) {
        assertThat(found.toList()).as(why).isEmpty();
    }

    private static Stream<Path> files(Path root, String... endings) {
        try (var tree = Files.walk(root)) {
            return tree
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .filter(file -> Stream.of(endings).anyMatch(name(file)::endsWith))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
