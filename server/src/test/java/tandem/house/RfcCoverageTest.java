package tandem.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Holds `docs/rfc-coverage.md` against the sources: what it names is there.
@TestInstance(Lifecycle.PER_CLASS)
class RfcCoverageTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rfc-coverage.md");
    private static final Path TESTS = Path.of("src", "test", "java", "tandem");
    private static final Path CASES =
            Path.of("..", "conformance", "src", "main", "java", "tandem", "conformance", "cases");

    private static final Set<String> RFCS =
            Set.of("8628", "6749", "6750", "7009", "7662", "8414", "8707", "9068", "9449", "9700");

    private static final Pattern HEADING = Pattern.compile("## RFC (\\d+):.*");
    private static final Pattern METHOD = Pattern.compile("`(?:(\\w+)\\.)?([A-Z]\\w*Test)#(\\w+)`");
    private static final Pattern CASE = Pattern.compile("`([A-Z]{2}-\\d\\d[a-z]?)`");
    private static final Pattern CASE_IN_SOURCE = Pattern.compile("\"([A-Z]{2}-\\d\\d[a-z]?)\"");

    private final List<Row> rows = new ArrayList<>();
    private List<Path> tests = List.of();

    private record Row(String rfc, int line, List<String> cells) {
        String shownBy() {
            return cells.getLast().strip();
        }

        String at(String what) {
            return "rfc-coverage.md:%d: %s".formatted(line, what);
        }
    }

    @BeforeAll
    void read() {
        tests = files(TESTS);
        var lines = text(DOCUMENT).lines().toList();
        var rfc = "";
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var heading = HEADING.matcher(line);
            if (heading.matches()) {
                rfc = heading.group(1);
            } else if (!rfc.isEmpty() && line.startsWith("| ") && !line.startsWith("| section ")) {
                rows.add(new Row(rfc, i + 1, cells(line)));
            }
        }
    }

    private static List<String> cells(String line) {
        return List.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1));
    }

    @Test
    void every_rfc_has_its_rows() {
        var counts = rows.stream().collect(Collectors.groupingBy(Row::rfc, Collectors.counting()));
        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(RFCS);
        assertThat(counts.values()).allMatch(count -> count >= 10);
    }

    @Test
    void every_requirement_is_shown_or_has_a_reason() {
        assertThat(rows)
                .allSatisfy(row -> {
                    assertThat(row.cells()).as(row.at("three columns")).hasSize(3);
                    assertThat(row.cells())
                            .as(row.at("every cell says something"))
                            .noneMatch(String::isBlank);
                    assertThat(row.shownBy().length()).as(row.at("a reason")).isGreaterThan(6);
                });
    }

    @Test
    void every_test_that_is_named_is_there() {
        assertNone(
                named(METHOD, (row, name) -> missing(name).map(what -> row.at(what)).stream()),
                "a test that is not there, or of a class that is there twice");
    }

    @Test
    void every_case_that_is_named_is_there() {
        var known =
                files(CASES).stream()
                        .flatMap(file -> CASE_IN_SOURCE.matcher(text(file)).results())
                        .map(id -> id.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).hasSizeGreaterThan(300);
        assertNone(
                named(
                        CASE,
                        (row, id) ->
                                known.contains(id.group(1))
                                        ? Stream.empty()
                                        : Stream.of(row.at("no case " + id.group(1)))),
                "a case that the conformance suite does not have");
    }

    @Test
    void nothing_in_backticks_is_a_name_gone_wrong() {
        var wrong = Pattern.compile("`[^`]*#[^`]*`|`[A-Z]{2}-[^`]*`");
        assertNone(
                named(
                        wrong,
                        (row, name) ->
                                METHOD.matcher(name.group()).matches()
                                                || CASE.matcher(name.group()).matches()
                                        ? Stream.empty()
                                        : Stream.of(row.at(name.group()))),
                "neither a test nor a case by the way it is written");
    }

    private java.util.Optional<String> missing(MatchResult name) {
        var room = name.group(1) == null ? "" : name.group(1);
        var file = name.group(2) + ".java";
        var found =
                tests.stream()
                        .filter(test -> test.endsWith(Path.of(file)))
                        .filter(test -> room.isEmpty() || test.endsWith(Path.of(room, file)))
                        .toList();
        if (found.size() != 1) {
            return java.util.Optional.of(found.size() + " classes " + name.group(2));
        }
        var method = Pattern.compile("\\bvoid " + Pattern.quote(name.group(3)) + "\\(");
        return method.matcher(text(found.getFirst())).find()
                ? java.util.Optional.empty()
                : java.util.Optional.of("no test " + name.group());
    }

    @FunctionalInterface
    private interface Check {
        Stream<String> of(Row row, MatchResult name);
    }

    private List<String> named(Pattern pattern, Check check) {
        return rows.stream()
                .flatMap(row ->
                        pattern.matcher(row.shownBy())
                                .results()
                                .flatMap(name -> check.of(row, name)))
                .toList();
    }

    private static void assertNone(List<String> wrong, String what) {
        assertThat(wrong).as(what).isEmpty();
    }

    private static List<Path> files(Path folder) {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
