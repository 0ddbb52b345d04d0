package tandem.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tandem.conformance.wire.Json;
import tools.jackson.databind.JsonNode;

/// The packaged server in a process of its own, on a free port, with a client of every kind.
final class TandemServer {
    static final String PASSWORD = "correct-horse-battery";

    /// With what has to be encoded before it becomes Basic credentials.
    static final String SECRET = "a:long+secret %with é in it";

    /// The suite's environment.
    static final Map<String, String> SECRETS =
            Map.of("CONFORMANCE_PASSWORD", PASSWORD, "SECRET", SECRET);

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private static final String RESOURCES =
            """
            resource_servers:
              - identifier: https://api.acme.example/
                name: Acme library
                scopes: [ { value: "read:library", description: "See what you have watched" } ]
                allow_offline_access: true
            clients:
              - client_id: tv
                name: Acme TV
                is_first_party: true
                token_endpoint_auth_method: none
                grant_types: [ "urn:ietf:params:oauth:grant-type:device_code", refresh_token ]
                device_authorization: { interval: 1 }
                web_origins: [ "https://tv.acme.example" ]
              - client_id: radio
                name: Other Radio
                token_endpoint_auth_method: none
                grant_types: [ "urn:ietf:params:oauth:grant-type:device_code", refresh_token ]
                device_authorization: { interval: 1 }
              - client_id: brief
                name: Brief Encounter
                token_endpoint_auth_method: none
                grant_types: [ "urn:ietf:params:oauth:grant-type:device_code" ]
                device_authorization: { interval: 1, lifetime: 8 }
              - client_id: printer
                name: Printer
                client_secret: "%s"
                token_endpoint_auth_method: client_secret_basic
                grant_types: [ "urn:ietf:params:oauth:grant-type:device_code", refresh_token ]
                device_authorization: { interval: 1 }
              - client_id: plain
                name: Without the flow
                token_endpoint_auth_method: none
                grant_types: [ refresh_token ]
            connections:
              - { name: passwords, strategy: password }
            users:
              - { email: ada@example.com, name: Ada Lovelace, password: %s }
            """
                    .formatted(SECRET, PASSWORD);

    private final int port = freePort();
    private Optional<Process> process = Optional.empty();

    String issuer() {
        return "http://localhost:" + port;
    }

    /// What the suite is told of this server.
    List<String> arguments(String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--issuer", issuer(),
                                "--client", "tv",
                                "--other-client", "radio",
                                "--confidential", "printer",
                                "--secret-env", "SECRET",
                                "--ungranted-client", "plain",
                                "--short-lifetime-client", "brief",
                                "--api", "https://api.acme.example/",
                                "--scope", "openid profile email offline_access read:library",
                                "--origin", "https://tv.acme.example",
                                "--user", "ada@example.com"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    /// Starts it in a folder of its own.
    ///
    /// @param program what Java is to run: `-jar FILE`, or `-cp PATH CLASS`
    void starts(Path folder, String... program) {
        try {
            Files.writeString(
                    folder.resolve("tandem.yaml"),
                    """
                    issuer: %s
                    listen: 127.0.0.1:%d
                    database: sqlite:./tandem.db
                    limits: off
                    """
                            .formatted(issuer(), port));
            Files.writeString(folder.resolve("resources.yaml"), RESOURCES);
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var command =
                    new ArrayList<>(
                            List.of(
                                    java,
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "--enable-native-access=ALL-UNNAMED"));
            command.addAll(List.of(program));
            command.addAll(
                    List.of("serve", "--config", "tandem.yaml", "--apply", "resources.yaml"));
            var builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("server.log").toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TANDEM_"));
            builder.environment().put("TANDEM_MANAGEMENT", "127.0.0.1:0");
            process = Optional.of(builder.start());
            awaitReady(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server started", e);
        }
    }

    private void awaitReady(Path folder) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (!answers()) {
            if (process.stream().noneMatch(Process::isAlive) || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the server did not start:\n"
                                + Files.readString(folder.resolve("server.log")));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private boolean answers() throws InterruptedException {
        var uri = URI.create(issuer() + "/.well-known/openid-configuration");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// The cases of a JSON report.
    static List<JsonNode> cases(Path report) {
        try {
            return Json.read(Files.readString(report))
                    .orElseThrow()
                    .path("cases")
                    .valueStream()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void ends() {
        process.ifPresent(one -> {
            one.destroyForcibly();
            try {
                one.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
