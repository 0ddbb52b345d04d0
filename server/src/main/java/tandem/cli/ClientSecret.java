package tandem.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where an app's secret may come from: a file or the environment.
///
/// Never an argument: arguments stand in the process list for every user of the machine to read.
final class ClientSecret {

    static final String VARIABLE = "TANDEM_CLIENT_SECRET";

    private ClientSecret() {}

    static Optional<String> find(Optional<Path> file, Map<String, String> environment) {
        if (file.isPresent()) {
            return Optional.of(read(file.get()));
        }
        return Optional.ofNullable(environment.get(VARIABLE)).filter(value -> !value.isEmpty());
    }

    private static String read(Path file) {
        String secret;
        try {
            secret = Files.readString(file).strip();
        } catch (MalformedInputException e) {
            throw unusable(file, "it is not text");
        } catch (IOException e) {
            throw unusable(file, "it cannot be read");
        }
        if (secret.isEmpty()) {
            throw unusable(file, "it is empty");
        }
        return secret;
    }

    private static CommandFailure unusable(Path file, String why) {
        return new CommandFailure(
                Exit.USAGE,
                "client_secret",
                "the secret in %s cannot be used: %s".formatted(file, why));
    }
}
