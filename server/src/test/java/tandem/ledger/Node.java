package tandem.ledger;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tandem.app.SteppedMain;
import tandem.scenario.Http;

/// One server process, and the cable that leads to it.
final class Node implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(150);

    private final Path folder;
    private final String name;
    private final int port = freePort();
    private final Cable cable = new Cable(port);
    private final Optional<Path> patch;
    private Optional<Process> process = Optional.empty();

    /// @param folder shared by the nodes: the key file is there
    /// @param patch classes that take the place of the server's: a planted bug
    Node(Path folder, String name, Optional<Path> patch) {
        this.folder = folder;
        this.name = name;
        this.patch = patch;
    }

    Cable cable() {
        return cable;
    }

    /// The way of the devices and people, through the cable.
    String address() {
        return "http://localhost:" + cable.port();
    }

    Http directly() {
        return new Http("http://localhost:" + port);
    }

    void configure(String issuer, String database, String resources) {
        try {
            Files.writeString(
                    folder.resolve(name + ".yaml"),
                    """
                    issuer: %s
                    listen: 127.0.0.1:%d
                    management: 127.0.0.1:0
                    database: %s
                    secret_key_file: %s
                    limits: off
                    """
                            .formatted(issuer, port, database, folder.resolve("secret.key")));
            Files.writeString(folder.resolve("resources.yaml"), resources);
            clockIsAhead(Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void clockIsAhead(Duration by) {
        try {
            Files.writeString(clock(), Long.toString(by.toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path clock() {
        return folder.resolve(name + ".clock");
    }

    private Path log() {
        return folder.resolve(name + ".log");
    }

    /// What it wrote last.
    String said() {
        try {
            var lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Begins to start; [#awaitReady] waits for the end of that.
    void starts() {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + folder,
                                "-Dtandem.clock=" + clock(),
                                "-cp",
                                patch.map(p -> p + File.pathSeparator).orElse("")
                                        + System.getProperty("java.class.path"),
                                SteppedMain.class.getName(),
                                "--config",
                                folder.resolve(name + ".yaml").toString(),
                                "--apply",
                                folder.resolve("resources.yaml").toString()));
        try {
            process =
                    Optional.of(
                            new ProcessBuilder(command)
                                    .redirectErrorStream(true)
                                    .redirectOutput(
                                            ProcessBuilder.Redirect.appendTo(log().toFile()))
                                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it again when it gave up, as its supervisor would: the database may be back later.
    boolean awaitReady() {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (System.nanoTime() < end) {
            if (process.filter(Process::isAlive).isEmpty()) {
                starts();
            }
            try {
                var answer = directly().get("/.well-known/jwks.json");
                if (answer.status() == 200) {
                    return true;
                }
            } catch (UncheckedIOException notYet) {
                // asked again
            }
            LockSupport.parkNanos(100_000_000);
        }
        return false;
    }

    void killed() {
        process.ifPresent(p -> {
            p.destroyForcibly();
            await(p);
        });
    }

    void stopped() {
        process.ifPresent(p -> {
            p.destroy();
            await(p);
        });
    }

    void signal(String signal) {
        process.ifPresent(p -> Signals.send(signal, p.pid()));
    }

    private static void await(Process process) {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        signal("CONT");
        killed();
        cable.close();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
