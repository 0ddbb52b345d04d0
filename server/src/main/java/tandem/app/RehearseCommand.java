package tandem.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tandem.demo.Demo;
import tandem.oauth.Profile;
import tandem.web.Limits;

/// `tandem rehearse`: starts a server on a database of its own, asks it a little of everything, and
/// ends.
///
/// The launcher runs it once after a build, for the JVM to write down what it loads; from then on a
/// start reads that instead ([JEP 514](https://openjdk.org/jeps/514)).
@Command(name = "rehearse", hidden = true, header = "Start, answer a few requests, and end.")
final class RehearseCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final List<String> GETS =
            List.of(
                    "/.well-known/openid-configuration",
                    "/.well-known/jwks.json",
                    "/activate",
                    "/account",
                    "/login",
                    "/userinfo",
                    "/api/v2/device-credentials",
                    "/nothing");

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("tandem-rehearsal");
        try {
            rehearse(folder);
        } finally {
            DemoCommand.remove(folder);
        }
        return 0;
    }

    private void rehearse(Path folder) throws IOException, InterruptedException {
        var settings = Files.writeString(folder.resolve("tandem.yaml"), settings(folder));
        var resources = Files.writeString(folder.resolve("resources.yaml"), Demo.resources());
        var check = List.of("check", "--config", settings.toString());
        execute(check, List.of("--apply", resources.toString()));
        execute(check, List.of("--no-such-option"));
        var config =
                new Config(
                        URI.create("http://localhost:1"),
                        new HostAndPort("127.0.0.1", 0),
                        new HostAndPort("127.0.0.1", 0),
                        new Database.Sqlite(folder.resolve("tandem.db")),
                        List.of(),
                        folder.resolve("secret.key"),
                        Profile.RFC,
                        Optional.empty(),
                        Limits.standard(),
                        Config.EVENTS_KEPT);
        var root = Document.of("demo", Demo.resources()).root();
        try (var tandem =
                Tandem.start(
                        config,
                        List.of(root),
                        InstantSource.system(),
                        new SecureRandom(),
                        routes -> {})) {
            ask("http://127.0.0.1:" + tandem.port());
        }
    }

    private static void execute(List<String> command, List<String> options) {
        var all = new ArrayList<>(command);
        all.addAll(options);
        var _ = Main.commands().execute(all.toArray(String[]::new));
    }

    private static String settings(Path folder) {
        return """
        issuer: http://localhost:8080
        listen: 127.0.0.1:8080
        database: sqlite:%1$s/tandem.db
        secret_key_file: %1$s/secret.key
        """
                .formatted(folder);
    }

    private void ask(String base) throws IOException, InterruptedException {
        for (var path : GETS) {
            send(HttpRequest.newBuilder(URI.create(base + path)));
        }
        var codes = post(base + "/oauth/device/code", "client_id=demo-tv&scope=openid");
        var deviceCode = codes.replaceFirst("(?s).*\"device_code\":\"([^\"]*)\".*", "$1");
        post(
                base + "/oauth/token",
                "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=demo-tv"
                        + "&device_code="
                        + deviceCode);
        post(base + "/activate", "user_code=BBBB-BBBB");
    }

    private String post(String address, String form) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(form)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString()).body();
    }
}
