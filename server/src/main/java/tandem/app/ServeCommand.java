package tandem.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tandem serve`: the server, until it is told to stop.
///
/// Whatever keeps it from starting ends as one last line that says what to do.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(name = "serve", header = "Run the server.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    private static final int STOPPED = 0;
    private static final int NOT_STARTED = 1;

    @Mixin private ConfigFiles files;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "Lines for people or JSON objects; also TANDEM_LOG_FORMAT.")
    private Optional<String> logFormat = Optional.empty();

    @Option(names = "--debug", description = "If the start fails, show the stack trace too.")
    private boolean debug;

    @Spec private CommandSpec spec;

    private final Map<String, String> environment;
    private final Function<JsonNode, List<Mistake>> resourceCheck;
    private final Starter starter;

    /// @param resourceCheck finds the mistakes of one resource file
    ServeCommand(
            Map<String, String> environment,
            Function<JsonNode, List<Mistake>> resourceCheck,
            Starter starter) {
        this.environment = environment;
        this.resourceCheck = resourceCheck;
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        var format = format();
        if (format instanceof Parsed.Bad<LogFormat>(var why)) {
            return refuse(why);
        }
        var checked = Checked.check(files, environment, resourceCheck);
        if (checked.config().isEmpty() || !checked.isGood()) {
            checked.mistakes().forEach(spec.commandLine().getErr()::println);
            return refuse(checked.sum());
        }
        if (format instanceof Parsed.Good<LogFormat>(var good)) {
            Logging.start(good);
        }
        return run(checked.config().get(), checked.resources());
    }

    /// A start fails in ways nobody foresaw, too; each of them owes its one line.
    private int run(Config config, List<Document> resources) throws InterruptedException {
        Starter.Running running;
        try {
            running = starter.start(config, resources);
        } catch (Exception | LinkageError fault) {
            if (debug) {
                fault.printStackTrace(spec.commandLine().getErr());
            }
            return refuse(StartFailure.explain(fault, config));
        }
        untilStopped(config, running);
        return STOPPED;
    }

    /// A signal ends the process; the hook drains first. That it ends with the signal's status
    /// (143) is what supervisors expect of a process they terminate.
    private void untilStopped(Config config, Starter.Running running) throws InterruptedException {
        var log = LoggerFactory.getLogger(ServeCommand.class);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    log.info("Tandem stops: requests under way may finish");
                                    running.drain();
                                    running.close();
                                    log.info("Tandem stopped");
                                    Logging.flush();
                                },
                                "stop"));
        log.info(
                "Tandem is ready: {} on {}, management on {}",
                config.issuer(),
                running.listen(),
                running.management());
        new CountDownLatch(1).await();
    }

    private Parsed<LogFormat> format() {
        var given = logFormat.or(() -> Optional.ofNullable(environment.get(LogFormat.VARIABLE)));
        return switch (given.orElse("text").toLowerCase(Locale.ROOT)) {
            case "text" -> Parsed.good(LogFormat.TEXT);
            case "json" -> Parsed.good(LogFormat.JSON);
            default ->
                    Parsed.bad(
                            (logFormat.isPresent() ? "--log-format" : LogFormat.VARIABLE)
                                    + ": "
                                    + Printable.quoted(given.orElse(""))
                                    + " is neither text nor json");
        };
    }

    private int refuse(String why) {
        spec.commandLine().getErr().println("Tandem did not start: " + why);
        return NOT_STARTED;
    }
}
