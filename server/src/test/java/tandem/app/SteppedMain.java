package tandem.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine;

/// `tandem serve` with a clock that can be stepped from outside: a file holds by how many
/// milliseconds it is ahead of the machine's.
public final class SteppedMain {

    private SteppedMain() {}

    public static void main(String... arguments) {
        var clock = new Stepped(Path.of(System.getProperty("tandem.clock")));
        var serve =
                new ServeCommand(
                        System.getenv(),
                        resources -> List.of(),
                        (config, resources) ->
                                Tandem.start(
                                        config,
                                        resources.stream().map(Document::root).toList(),
                                        clock,
                                        new SecureRandom(),
                                        routes -> {}));
        System.exit(new CommandLine(serve).execute(arguments));
    }

    private record Stepped(Path file) implements InstantSource {
        @Override
        public Instant instant() {
            return Instant.now().plus(ahead());
        }

        private Duration ahead() {
            try {
                return Duration.ofMillis(Long.parseLong(Files.readString(file).strip()));
            } catch (IOException | NumberFormatException beingWritten) {
                return Duration.ZERO;
            }
        }
    }
}
