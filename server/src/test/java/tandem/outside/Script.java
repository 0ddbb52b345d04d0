package tandem.outside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tandem.web.TestCertificate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program by others that is under way and tells its steps, one line of JSON each.
record Script(Process process, BufferedReader lines) implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /// A class of the tests in a process of its own, that trusts one certificate and no other.
    static Script java(Class<?> program, TestCertificate trusted, String... arguments)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djavax.net.ssl.trustStore=" + trusted.trustStore(),
                                "-Djavax.net.ssl.trustStorePassword="
                                        + TestCertificate.STORE_PASSWORD,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName()));
        command.addAll(List.of(arguments));
        return in(Path.of("."), command, Map.of());
    }

    static Script in(Path folder, List<String> command, Map<String, String> environment)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        var process = builder.redirectErrorStream(true).start();
        return new Script(
                process,
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    /// The next line that begins so. When none does, all it wrote since the last one is shown.
    JsonNode line(String beginning) throws IOException {
        var written = new StringBuilder();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return JSON.readTree(line);
            }
            written.append(line).append('\n');
        }
        throw new AssertionError("no " + beginning + ":\n" + written);
    }

    JsonNode step(String name) throws IOException {
        return line("{\"step\":\"" + name + "\"");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        lines.close();
    }
}
