package tandem.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The files a server starts from, as options of a command.
final class ConfigFiles {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "The configuration, such as tandem.yaml. Variables of the environment",
                "(TANDEM_ISSUER …) win over it; without a file they are all there is."
            })
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--apply",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Resources: apps, APIs, users and so on. May be given again.")
    private List<Path> apply = new ArrayList<>();

    Optional<Path> config() {
        return config;
    }

    List<Path> apply() {
        return apply;
    }

    /// What is read, for a person.
    String names() {
        var names = new ArrayList<String>();
        names.add(config.map(Path::toString).orElse("the environment"));
        apply.forEach(file -> names.add(file.toString()));
        return Printable.of(String.join(", ", names));
    }
}
