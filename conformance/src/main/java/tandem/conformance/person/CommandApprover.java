package tandem.conformance.person;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Approves by a command of the operator's, with `{uri}`, `{user_code}` and `{wish}` filled in.
public final class CommandApprover implements Approver {
    private static final int PATIENCE_SECONDS = 120;
    private static final int NO_SUCH_CHOICE = 3;

    private final List<String> words;

    public CommandApprover(String command) {
        words = List.of(command.strip().split("\\s+"));
    }

    @Override
    public void decides(Visitor visitor, URI page, String userCode, Wish wish) {
        var filled =
                words.stream()
                        .map(word ->
                                word.replace("{uri}", page.toString())
                                        .replace("{user_code}", userCode)
                                        .replace("{wish}", wish == Wish.ALLOW ? "allow" : "deny"))
                        .toList();
        try {
            var process =
                    new ProcessBuilder(filled)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Lost("the approver's command did not end");
            }
            if (process.exitValue() == NO_SUCH_CHOICE) {
                throw new NoSuchChoice();
            }
            if (process.exitValue() != 0) {
                throw new Lost("the approver's command ended with " + process.exitValue());
            }
        } catch (IOException e) {
            throw new Lost("the approver's command did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Lost("interrupted", e);
        }
    }
}
