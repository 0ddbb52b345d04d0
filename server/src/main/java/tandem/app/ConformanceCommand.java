package tandem.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tandem conformance`, as the help names it; the launcher runs it, not this program.
///
/// The suite judges any RFC 8628 server as a stranger, so it shares no class with this one and has
/// a jar of its own.
@Command(
        name = "conformance",
        header = "Judge any RFC 8628 server from outside (run by the launcher ./tandem).")
final class ConformanceCommand implements Callable<Integer> {
    private static final int COULD_NOT_RUN = 2;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine()
                .getErr()
                .println("The suite is a program of its own: ./tandem conformance runs it.");
        return COULD_NOT_RUN;
    }
}
