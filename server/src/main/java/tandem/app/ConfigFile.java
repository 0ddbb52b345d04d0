package tandem.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The configuration, as an option of a command that serves nothing.
final class ConfigFile {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration that the server is started with.")
    private Optional<Path> config = Optional.empty();

    /// The configuration, or its mistakes on `complaints`.
    Optional<Config> read(Map<String, String> environment, PrintWriter complaints) {
        var file = config.map(Document::read);
        return switch (ConfigReader.read(file, environment)) {
            case Reading.Good(var good) -> Optional.of(good);
            case Reading.Bad(var inFile, var inEnvironment) -> {
                inFile.forEach(complaints::println);
                inEnvironment.forEach(complaints::println);
                yield Optional.empty();
            }
        };
    }
}
