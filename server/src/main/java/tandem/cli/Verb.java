package tandem.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What all commands share: their help and how they end.
@Command(
        sortOptions = false,
        optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it worked",
            "1:it failed; standard error says why",
            "2:the command was not understood",
            "3:a login is needed: there is none, or it was unlinked",
            "4:the person declined",
            "5:the code ran out",
            "130:interrupted"
        })
abstract class Verb implements Callable<Integer> {

    /// As the JVM itself ends when the terminal sends an interrupt.
    private static final int INTERRUPTED = 130;

    @SuppressWarnings("UnusedVariable") // read by picocli
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public final Integer call() {
        try {
            return run().code();
        } catch (CommandFailure failure) {
            complain(failure);
            return failure.exit().code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return INTERRUPTED;
        }
    }

    abstract Exit run() throws InterruptedException;

    abstract PrintStream err();

    void complain(CommandFailure failure) {
        err().println("tandem: " + Terminal.clean(failure.description()));
    }
}
