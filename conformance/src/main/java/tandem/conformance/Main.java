package tandem.conformance;

import java.util.List;
import picocli.CommandLine;

/// `tandem conformance`: judges an RFC 8628 authorization server from outside.
public final class Main {
    /// No run, so no verdict.
    static final int COULD_NOT_RUN = 2;

    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        var command = new CommandLine(new ConformanceCommand(System.getenv()));
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof CannotRun) {
                line.getErr().println(e.getMessage());
                return COULD_NOT_RUN;
            }
            throw e;
        });
        try {
            ConfigFile.named(List.of(args)).ifPresent(file -> use(command, file));
        } catch (CannotRun e) {
            command.getErr().println(e.getMessage());
            return COULD_NOT_RUN;
        }
        return command.execute(args);
    }

    private static void use(CommandLine command, ConfigFile file) {
        var unknown = file.unknown(command.getCommandSpec().options());
        if (!unknown.isEmpty()) {
            throw new CannotRun(
                    "The configuration file has unknown options: " + String.join(", ", unknown));
        }
        command.setDefaultValueProvider(file);
    }
}
