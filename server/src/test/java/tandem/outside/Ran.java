package tandem.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A command that ran to its end.
///
/// @param output what it wrote, errors among it
record Ran(int status, String output) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SECONDS_MAX = 60;

    static Ran in(Path folder, List<String> command) {
        return in(folder, command, Map.of());
    }

    static Ran in(Path folder, List<String> command, Map<String, String> environment) {
        try {
            var output = Files.createTempFile(folder, "command", ".out");
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(environment);
            var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
            try {
                if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                    throw new IllegalStateException(command.getFirst() + " does not end");
                }
                return new Ran(process.exitValue(), text(output));
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a command ran", e);
        }
    }

    JsonNode json() {
        return JSON.readTree(output);
    }

    static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
