package tandem.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole suite against the packaged server beside it, as a stranger runs it.
class SuiteOnTandemTest {
    private static final Path JAR =
            Path.of("..", "server", "target", "tandem.jar").toAbsolutePath();

    @TempDir private Path folder;
    private final TandemServer server = new TandemServer();

    @BeforeEach
    void starts() {
        var built = Files.exists(JAR);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(built).as("the packaged server: %s", JAR).isTrue();
        }
        assumeTrue(built, "the server is not packaged: ./mvnw package");
        server.starts(folder, "-jar", JAR.toString());
    }

    @AfterEach
    void ends() {
        server.ends();
    }

    @Test
    void tandem_keeps_every_must_and_every_should() {
        var report = folder.resolve("report.json");
        var told = new StringWriter();

        int code = runs(told, server.arguments("--parallel", "8", "--json", report.toString()));

        var cases = read(report);
        assertThat(cases).hasSizeGreaterThan(300);
        assertThat(cases.stream().filter(SuiteOnTandemTest::isSerious).map(SuiteOnTandemTest::line))
                .as(told.toString())
                .isEmpty();
        assertThat(code).isZero();
        assertThat(cases.stream().filter(one -> one.path("verdict").asString().equals("passed")))
                .as("cases that were judged, not skipped")
                .hasSizeGreaterThan(250);
    }

    @Test
    void only_runs_what_is_named_and_ends_with_one_where_a_must_failed() {
        var report = folder.resolve("report.json");
        var told = new StringWriter();

        // Asked for a client that has no device grant, the server gives no codes: nothing passes.
        int code =
                runs(
                        told,
                        List.of(
                                "--issuer",
                                server.issuer(),
                                "--client",
                                "plain",
                                "--only",
                                "DA-01,TL",
                                "--json",
                                report.toString()));

        assertThat(code).as(told.toString()).isEqualTo(1);
        assertThat(read(report))
                .extracting(one -> one.path("id").asString())
                .startsWith("DA-01")
                .contains("TL-06")
                .doesNotContain("DA-01a");
        assertThat(told.toString()).contains("DA-01  MUST").contains("unauthorized_client");
    }

    private static int runs(StringWriter told, List<String> arguments) {
        return Main.execute(TandemServer.SECRETS, new PrintWriter(told), arguments);
    }

    private static List<JsonNode> read(Path report) {
        return TandemServer.cases(report);
    }

    private static boolean isSerious(JsonNode one) {
        return switch (one.path("verdict").asString()) {
            case "broken" -> true;
            case "failed" -> !one.path("severity").asString().equals("WISE");
            default -> false;
        };
    }

    private static String line(JsonNode one) {
        return one.path("id").asString() + " " + one.path("title").asString();
    }
}
