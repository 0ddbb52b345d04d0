package tandem.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a test needs of the machine: without it the test is skipped and says why, but fails where
/// `CI` is `true`.
public final class Tool {
    private static final Path NODE_FOLDER = Path.of("src", "test", "node");

    private Tool() {}

    /// A program on the `PATH`.
    ///
    /// @param names what it may be called
    public static Path needed(String... names) {
        var program = Stream.of(names).map(Tool::onThePath).flatMap(Optional::stream).findFirst();
        need(program.isPresent(), "no " + String.join(" or ", names) + " on the PATH");
        return program.orElseThrow();
    }

    /// The folder with the scripts for Node.js, when their packages are there.
    public static Path nodeFolder() {
        var packages = NODE_FOLDER.resolve("node_modules");
        need(Files.isDirectory(packages), "npm ci was not run in " + NODE_FOLDER);
        return NODE_FOLDER;
    }

    private static void need(boolean there, String otherwise) {
        if ("true".equals(System.getenv("CI")) && !there) {
            throw new IllegalStateException("CI needs it: " + otherwise);
        }
        assumeTrue(there, otherwise);
    }

    private static Optional<Path> onThePath(String program) {
        var folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(folders)
                .map(folder -> Path.of(folder, program).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
