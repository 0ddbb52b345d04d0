package tandem.outside;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tandem.scenario.Http;

/// What `scale/up` starts: two nodes behind HAProxy, a primary and its standby.
final class Scale implements AutoCloseable {
    private static final int PORTS = 7;
    private static final int SECONDS_MAX = 120;

    private final Path folder;
    private final Map<String, String> environment;
    private final int port;
    private final Process process;

    private Scale(Path folder, Map<String, String> environment, int port, Process process) {
        this.folder = folder;
        this.environment = environment;
        this.port = port;
        this.process = process;
    }

    /// Skips the test where a program is missing, but not in CI.
    static Scale in(Path folder) throws IOException {
        boolean there = installed("haproxy") && postgresql();
        assumeTrue(there || "true".equals(System.getenv("CI")), "needs haproxy and postgresql");
        int port = freePorts();
        var environment =
                Map.of(
                        "TANDEM",
                        launcher(folder).toString(),
                        "PORT",
                        Integer.toString(port),
                        "TMPDIR",
                        "/tmp", // others than its owner must be able to enter it
                        "LIMITS",
                        "off");
        var builder = new ProcessBuilder(script()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.redirectOutput(folder.resolve("up.log").toFile());
        var scale = new Scale(folder, environment, port, builder.start());
        scale.awaitReady();
        return scale;
    }

    String issuer() {
        return "http://localhost:" + port;
    }

    Http http() {
        return new Http(issuer());
    }

    /// One node, past the balancer.
    Http node(int number) {
        return new Http("http://localhost:" + (port + number));
    }

    /// Runs one of the script's verbs.
    void does(String... words) {
        var command = Stream.concat(Stream.of(script()), Stream.of(words)).toList();
        var ran = Ran.in(folder, command, environment);
        if (ran.status() != 0) {
            fail(String.join(" ", words) + ": " + ran.output());
        }
    }

    private void awaitReady() throws IOException {
        for (int i = 0; i < SECONDS_MAX * 4; i++) {
            var said = Ran.text(folder.resolve("up.log"));
            if (said.contains("ready:")) {
                return;
            }
            if (!process.isAlive()) {
                fail("scale/up ended: " + said);
            }
            pause();
        }
        close();
        fail("scale/up is not ready: " + Ran.text(folder.resolve("up.log")));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(250);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String script() {
        return Path.of("..", "scale", "up").toAbsolutePath().normalize().toString();
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean postgresql() throws IOException {
        var debian = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(debian)) {
            return installed("pg_basebackup") && installed("initdb");
        }
        try (var versions = Files.list(debian)) {
            return versions.anyMatch(version -> Files.exists(version.resolve("bin/initdb")));
        }
    }

    /// Tandem as it is being tested, by a name.
    private static Path launcher(Path folder) throws IOException {
        var words = new TandemProcess();
        words.standsIn(folder);
        var command =
                words.command().stream().map(w -> "'" + w + "'").collect(Collectors.joining(" "));
        var file = folder.resolve("tandem");
        Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /// The first of so many free ones, one after the other.
    private static int freePorts() {
        for (int i = 0; i < 100; i++) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (IntStream.range(first, first + PORTS).allMatch(Scale::free)) {
                return first;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    static List<Integer> nodes() {
        return List.of(1, 2);
    }
}
