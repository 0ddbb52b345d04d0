package tandem.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where this user's programs keep their settings, by the custom of the system.
final class ConfigDirectory {

    private ConfigDirectory() {}

    static Path find(Map<String, String> environment) {
        return find(
                environment,
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT),
                Path.of(System.getProperty("user.home", ".")));
    }

    static Path find(Map<String, String> environment, String system, Path home) {
        Optional<Path> own = variable(environment, "TANDEM_CONFIG_DIR");
        if (own.isPresent()) {
            return own.get();
        }
        Optional<Path> xdg = variable(environment, "XDG_CONFIG_HOME").filter(Path::isAbsolute);
        if (xdg.isPresent()) {
            return xdg.get().resolve("tandem");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("tandem");
        }
        if (system.startsWith("windows")) {
            return variable(environment, "APPDATA")
                    .orElse(home.resolve("AppData").resolve("Roaming"))
                    .resolve("tandem");
        }
        return home.resolve(".config").resolve("tandem");
    }

    private static Optional<Path> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
