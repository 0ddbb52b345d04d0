package tandem.cli;

import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tandem token`: an access token alone on standard output, for `$(tandem token)`.
@SuppressWarnings("NullAway.Init") // picocli fills the options in
@Command(
        name = "token",
        header = "Print an access token, a new one if the last has nearly run out.")
public final class TokenCommand extends Verb {

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = ProfileName.DEFAULT,
            converter = ProfileName.Converter.class,
            description = "The login to use (default: ${DEFAULT-VALUE}).")
    private ProfileName profile;

    @Option(
            names = "--min-ttl",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the token must still be good (default: ${DEFAULT-VALUE}).")
    private int minimumSeconds;

    @Spec private CommandSpec spec;

    private final Surroundings surroundings;

    /// As the command line creates it.
    public TokenCommand() {
        this(Surroundings.ofProcess());
    }

    TokenCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    Exit run() throws InterruptedException {
        if (minimumSeconds < 0) {
            throw new ParameterException(spec.commandLine(), "--min-ttl may not be negative");
        }
        String token = FreshToken.in(surroundings).of(profile, Duration.ofSeconds(minimumSeconds));
        surroundings.out().println(token);
        surroundings.out().flush();
        return Exit.OK;
    }

    @Override
    PrintStream err() {
        return surroundings.err();
    }
}
