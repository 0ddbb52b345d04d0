package tandem.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import tandem.cli.DevicesCommand;
import tandem.cli.LoginCommand;
import tandem.cli.LogoutCommand;
import tandem.cli.TokenCommand;
import tandem.manage.Resources;
import tools.jackson.databind.JsonNode;

/// The command line's root: every verb of `tandem` hangs on it.
@Command(
        name = "tandem",
        description = "OAuth 2.0 device authorization: signs in televisions by a code and a phone.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            RehearseCommand.class,
            LoginCommand.class,
            TokenCommand.class,
            LogoutCommand.class,
            DevicesCommand.class,
            ConformanceCommand.class
        })
final class Main implements Runnable {
    private Main() {}

    static void main(String[] args) {
        // Read by the JDK once, before the first connection: TLS 1.2 lets a client ask for any
        // number of handshakes, each of which costs the server far more.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commands().execute(args));
    }

    static CommandLine commands() {
        var environment = System.getenv();
        return new CommandLine(new Main())
                .addSubcommand(new ServeCommand(environment, Main::check, Main::start))
                .addSubcommand(new CheckCommand(environment, Main::check))
                .addSubcommand(new BackupCommand(environment))
                .addSubcommand(new RestoredCommand(environment))
                .addSubcommand(new MigrateCommand(environment));
    }

    private static List<Mistake> check(JsonNode resources) {
        return Resources.check(resources).stream()
                .map(mistake -> new Mistake(mistake.path(), mistake.message()))
                .toList();
    }

    private static Starter.Running start(Config config, List<Document> resources)
            throws IOException {
        return Tandem.start(
                config,
                resources.stream().map(Document::root).toList(),
                InstantSource.system(),
                new SecureRandom(),
                routes -> {});
    }

    /// Without a verb there is nothing to do but to say which there are.
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /// The version that the build wrote into the jar; outside a jar there is none.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"tandem " + (version == null ? "(not packaged)" : version)};
        }
    }
}
