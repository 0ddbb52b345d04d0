package tandem.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tandem.demo.Demo;
import tandem.oauth.Profile;
import tandem.web.Limits;

/// `tandem demo`: the main job at once, on a database of its own that goes when it ends.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(
        name = "demo",
        header = "Run a server with a sample television, a sample API and a demo user.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Where to listen on this machine (default: ${DEFAULT-VALUE}).")
    private int port;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path folder;
        Config config;
        Tandem tandem;
        try {
            folder = Files.createTempDirectory("tandem-demo");
            config = config(folder);
            tandem = start(config);
        } catch (IOException | RuntimeException fault) {
            var err = spec.commandLine().getErr();
            err.println("Tandem did not start: " + StartFailure.explain(fault, fallback()));
            return 1;
        }
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    tandem.close();
                                    remove(folder);
                                },
                                "stop"));
        tell(config.issuer());
        new CountDownLatch(1).await();
        return 0;
    }

    private Tandem start(Config config) throws IOException {
        var demo = new Demo(config.issuer());
        var resources = Document.of("demo", Demo.resources()).root();
        return Tandem.start(
                config,
                List.of(resources),
                InstantSource.system(),
                new SecureRandom(),
                demo::routes);
    }

    private Config config(Path folder) {
        return new Config(
                URI.create("http://localhost:" + port),
                new HostAndPort("127.0.0.1", port),
                new HostAndPort("127.0.0.1", 0),
                new Database.Sqlite(folder.resolve("tandem.db")),
                List.of(),
                folder.resolve("secret.key"),
                Profile.RFC,
                Optional.empty(),
                Limits.standard(),
                Config.EVENTS_KEPT);
    }

    private Config fallback() {
        return config(Path.of("."));
    }

    private void tell(URI issuer) {
        spec.commandLine()
                .getOut()
                .println(
                        """

                        Tandem is running. Open

                          %1$s/demo/tv     the television: it shows a code
                          %1$s/activate    the phone: enter the code there (or scan it)
                          %1$s/account     linked devices, and unlinking them

                        Sign in as %2$s with the password %3$s

                        A device in this terminal:
                          ./tandem login --issuer %1$s --client-id demo-cli

                        Ctrl-C ends it, and forgets everything.
                        """
                                .formatted(issuer, Demo.EMAIL, Demo.PASSWORD));
        spec.commandLine().getOut().flush();
    }

    static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        var _ = file.toFile().delete();
                    });
        } catch (IOException e) {
            // A folder for temporary files may keep what could not be removed.
        }
    }
}
