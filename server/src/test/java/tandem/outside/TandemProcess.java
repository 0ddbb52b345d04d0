package tandem.outside;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import tandem.scenario.Http;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestClock;
import tandem.scenario.TestDevice;
import tandem.web.TestCertificate;

/// Tandem as a user starts it: `serve` in a process of its own, in a folder, on a free port.
///
/// Ends with the test, or with the class whose tests share one instance, whatever happened. What it
/// wrote is shown when a test failed.
final class TandemProcess implements AfterEachCallback, AfterAllCallback {
    static final String API = "https://api.acme.example/";
    static final String EMAIL = "ada@example.com";
    static final String PASSWORD = "correct-horse-battery";

    /// `tv` is the operator's own app, `radio` another's: that one asks for consent.
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
              - client_id: radio
                name: Other Radio
                token_endpoint_auth_method: none
                grant_types: [ "urn:ietf:params:oauth:grant-type:device_code", refresh_token ]
            connections:
              - { name: passwords, strategy: password }
            users:
              - { email: ada@example.com, name: Ada Lovelace, password: correct-horse-battery }
              - { email: bob@example.com, name: Bob, password: correct-horse-battery }
            """;

    private static final Pattern LAUNCHER_OPTIONS = Pattern.compile("(?m)^options='(-X.+)'$");
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final Duration END_MAX = Duration.ofSeconds(30);
    private static final int BETWEEN_LOOKS_MS = 50;

    private final int port = freePort();
    private final int managementPort = freePort();
    private final List<String> options = new ArrayList<>();
    private Optional<Path> logTarget = Optional.empty();
    private String database = "sqlite:./data/tandem.db";
    private List<String> verb =
            List.of("serve", "--config", "tandem.yaml", "--apply", "resources.yaml");
    private Optional<Path> place = Optional.empty();
    private Optional<HttpClient> secure = Optional.empty();
    private Optional<TestCertificate> certificate = Optional.empty();
    private Optional<Process> running = Optional.empty();
    private Optional<String> balancer = Optional.empty();
    private Optional<Path> patch = Optional.empty();

    String issuer() {
        return balancer.orElseGet(this::address);
    }

    private String address() {
        return (secure.isPresent() ? "https" : "http") + "://localhost:" + port;
    }

    int port() {
        return port;
    }

    Http http() {
        return secure.map(client -> new Http(address(), client))
                .orElseGet(() -> new Http(address()));
    }

    /// The second listener: health and metrics.
    Http management() {
        return new Http("http://127.0.0.1:" + managementPort);
    }

    /// More options for its JVM; they prevail over those it has.
    TandemProcess with(String... jvmOptions) {
        options.addAll(List.of(jvmOptions));
        return this;
    }

    /// As the launcher starts it: with the memory and the compiler that users have, not with what
    /// starts quickest.
    TandemProcess asLaunched() throws IOException {
        var launcher = Files.readString(Path.of("..", "tandem"));
        var found = LAUNCHER_OPTIONS.matcher(launcher);
        if (!found.find()) {
            throw new IllegalStateException("the launcher names no options");
        }
        return with("-XX:TieredStopAtLevel=4").with(found.group(1).split(" "));
    }

    /// One of several nodes, that are all known by the balancer's address.
    TandemProcess behind(String address) {
        balancer = Optional.of(address);
        return this;
    }

    /// Another release from the next start on.
    ///
    /// @param classes with resources, that take the place of the server's
    void becomes(Path classes) {
        patch = Optional.of(classes);
    }

    /// Where it writes its log, instead of a file in its folder.
    TandemProcess logsTo(Path target) {
        logTarget = Optional.of(target);
        return this;
    }

    /// Another database than one of its own.
    TandemProcess on(String url) {
        database = url;
        return this;
    }

    Process process() {
        return running.orElseThrow(() -> new IllegalStateException("not running"));
    }

    /// From now on it is asked by https.
    void speaksTlsTo(HttpClient client) {
        secure = Optional.of(client);
    }

    TestBrowser browser() {
        return new TestBrowser(http());
    }

    /// A device of a client, that has asked for its codes.
    TestDevice device(String client) {
        return device(client, API);
    }

    TestDevice device(String client, String api) {
        var scope = "openid profile email offline_access read:library";
        var asked = new String[] {"client_id", client, "scope", scope, "audience", api};
        var codes = http().post("/oauth/device/code", asked);
        return new TestDevice(http(), new TestClock(), client, codes);
    }

    /// The operator's television, that Ada has approved and that holds its tokens.
    TestDevice linkedTelevision() {
        var device = device("tv");
        browser().approves(device, EMAIL, PASSWORD);
        var answer = device.polls();
        if (answer.status() != 200) {
            throw new IllegalStateException("not linked: " + answer.body());
        }
        return device;
    }

    /// Starts in a folder, on what most tests need.
    void startsIn(Path folder) throws IOException {
        startsIn(folder, Map.of());
    }

    /// Starts in a folder, on what most tests need and a little more.
    ///
    /// @param more elements of the lists of resources, by their names
    void startsIn(Path folder, Map<String, String> more) throws IOException {
        startsIn(folder, config(), resources(more));
    }

    /// Starts in a folder, on a little more of both.
    ///
    /// @param more lines of the configuration
    /// @param lists elements of the lists of resources, by their names
    void startsIn(Path folder, String more, Map<String, String> lists) throws IOException {
        startsIn(folder, config() + more, resources(lists));
    }

    /// The same over TLS, with a certificate of its own.
    void startsWithTlsIn(Path folder) throws IOException {
        startsWithTlsIn(folder, Map.of());
    }

    TandemProcess startsWithTlsIn(Path folder, Map<String, String> more) throws IOException {
        var made = TestCertificate.in(folder, "EC");
        certificate = Optional.of(made);
        speaksTlsTo(HttpClient.newBuilder().sslContext(made.trusted()).build());
        startsIn(
                folder,
                config() + "tls: { certificate: cert.pem, key: key.pem }\n",
                resources(more));
        return this;
    }

    /// The certificate it shows, and that is to be trusted.
    TestCertificate certificate() {
        return certificate.orElseThrow();
    }

    static String resources(Map<String, String> more) {
        var resources = RESOURCES;
        for (var list : more.entrySet()) {
            var title = list.getKey() + ":\n";
            resources =
                    resources.contains(title)
                            ? resources.replace(title, title + list.getValue())
                            : resources + title + list.getValue();
        }
        return resources;
    }

    /// @param more lines of the configuration
    void startsWith(Path folder, String more) throws IOException {
        startsIn(folder, config() + more, RESOURCES);
    }

    private String config() {
        return """
        issuer: %s
        listen: 127.0.0.1:%d
        database: %s
        """
                .formatted(issuer(), port, database);
    }

    void startsIn(Path folder, String config, String resources) throws IOException {
        place = Optional.of(folder);
        Files.writeString(folder.resolve("tandem.yaml"), config);
        Files.writeString(folder.resolve("resources.yaml"), resources);
        starts();
    }

    /// Starts nothing: for commands that run in a folder and end.
    void standsIn(Path folder) {
        place = Optional.of(folder);
    }

    /// Starts the demo, with what it brings along.
    void startsDemoIn(Path folder) {
        place = Optional.of(folder);
        verb = List.of("demo", "--port", Integer.toString(port));
        starts();
    }

    /// Ends it at once and without warning, and starts it on the same folder.
    void isKilledAndStarts() {
        isKilled();
        starts();
    }

    /// What it wrote, over all its starts.
    String output() {
        try {
            var file = log();
            return Files.exists(file) ? Ran.text(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command line of any verb.
    List<String> command(String... words) throws IOException {
        var temporary = Files.createDirectories(folder().resolve("tmp"));
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                // Killed, it cannot delete the libraries it unpacks.
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                classPath(),
                                "tandem.app.Main"));
        command.addAll(List.of(words));
        return command;
    }

    /// Keeps the second listener from a port that another server may hold.
    static Map<String, String> environment() {
        return Map.of("TANDEM_MANAGEMENT", "127.0.0.1:0");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (place.isPresent() && failed(context)) {
            System.err.println("What Tandem wrote in " + context.getDisplayName() + ":");
            System.err.println(output());
        }
        if (context.getTestInstanceLifecycle().stream().noneMatch(Lifecycle.PER_CLASS::equals)) {
            isKilled();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        isKilled();
    }

    /// A test that was skipped has an exception, too.
    private static boolean failed(ExtensionContext context) {
        return context.getExecutionException()
                .filter(thrown -> !(thrown instanceof TestAbortedException))
                .isPresent();
    }

    void starts() {
        try {
            var words = new ArrayList<>(command(verb.toArray(String[]::new)));
            words.addAll(words.indexOf("-cp"), options);
            var builder = new ProcessBuilder(words).directory(folder().toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TANDEM_"));
            builder.environment().put("TANDEM_MANAGEMENT", "127.0.0.1:" + managementPort);
            var process =
                    builder.redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            logTarget.orElseGet(this::log).toFile()))
                            .start();
            running = Optional.of(process);
            awaitReady(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while Tandem started", e);
        }
    }

    private void awaitReady(Process process) throws InterruptedException {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("Tandem did not start:\n" + output());
            }
            Thread.sleep(BETWEEN_LOOKS_MS);
        }
    }

    private boolean answers() {
        try {
            return http().get("/.well-known/openid-configuration").text("issuer").equals(issuer());
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    void isKilled() {
        running.ifPresent(process -> {
            process.destroyForcibly();
            try {
                if (!process.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Tandem does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running = Optional.empty();
    }

    private Path folder() {
        return place.orElseThrow(() -> new IllegalStateException("not started"));
    }

    private Path log() {
        return folder().resolve("serve.log");
    }

    /// What a user has, that is without the tests.
    private String classPath() {
        return patch.map(classes -> classes + File.pathSeparator).orElse("") + withoutTests();
    }

    private static String withoutTests() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
