package tandem.conformance;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tandem.conformance.wire.Unmet;

/// `tandem conformance`: judges an RFC 8628 authorization server from outside.
public final class Main {
    /// No run, so no verdict.
    static final int COULD_NOT_RUN = 2;

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        System.exit(execute(System.getenv(), out, List.of(args)));
    }

    static int execute(Map<String, String> environment, PrintWriter out, List<String> arguments) {
        var command = new CommandLine(new ConformanceCommand(environment)).setOut(out).setErr(out);
        command.setExecutionExceptionHandler((e, line, parsed) ->
                switch (e) {
                    case CannotRun reason -> cannotRun(line, reason.why());
                    // Before the first case, that is at discovery; in a case it is a verdict.
                    case Unmet unmet -> cannotRun(line, unmet.expected() + ": " + unmet.seen());
                    default -> throw e;
                });
        try {
            ConfigFile.named(arguments).ifPresent(file -> use(command, file));
        } catch (CannotRun e) {
            return cannotRun(command, e.why());
        }
        int code = command.execute(arguments.toArray(String[]::new));
        out.flush();
        return code;
    }

    private static int cannotRun(CommandLine command, String why) {
        command.getErr().println(why);
        command.getErr().flush();
        return COULD_NOT_RUN;
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
