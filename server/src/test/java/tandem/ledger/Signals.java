package tandem.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The signals that Java itself cannot send, and other commands of the system.
final class Signals {

    private Signals() {}

    static void send(String signal, long pid) {
        runs(List.of("kill", "-" + signal, Long.toString(pid)));
    }

    /// Runs a command to its end; what it said when it went wrong is the exception's message.
    static void run(List<String> command) {
        var said = runs(command);
        if (!said.isEmpty()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
    }

    /// What a command that went wrong had to say; empty text for one that went well.
    static String runs(List<String> command) {
        try {
            var process =
                    new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said =
                    new String(
                            process.getInputStream().readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            int status = process.onExit().join().exitValue(); // also when the test was interrupted
            return status == 0 ? "" : said + " (status " + status + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
