package tandem.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Options from a file; the command line wins over it.
final class ConfigFile implements IDefaultValueProvider {
    private final Map<String, String> values;

    private ConfigFile(Map<String, String> values) {
        this.values = values;
    }

    /// The file that the arguments name, or nothing.
    static Optional<ConfigFile> named(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.startsWith("--config=")) {
                return Optional.of(read(Path.of(argument.substring("--config=".length()))));
            }
            if (argument.equals("--config") && i + 1 < arguments.size()) {
                return Optional.of(read(Path.of(arguments.get(i + 1))));
            }
        }
        return Optional.empty();
    }

    static ConfigFile read(Path file) {
        try {
            return new ConfigFile(
                    file.toString().endsWith(".properties") ? properties(file) : yaml(file));
        } catch (IOException | JacksonException e) {
            throw new CannotRun("Cannot read " + file + ": " + e.getMessage());
        }
    }

    private static Map<String, String> properties(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static Map<String, String> yaml(Path file) throws IOException {
        var values = new HashMap<String, String>();
        new YAMLMapper()
                .readTree(Files.readString(file))
                .properties()
                .forEach(e -> values.put(e.getKey(), text(e.getValue())));
        return values;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asString)
                        .collect(Collectors.joining(","))
                : value.asString();
    }

    /// The names that no option has, for a refusal.
    List<String> unknown(List<OptionSpec> options) {
        var known = options.stream().flatMap(option -> List.of(option.names()).stream()).toList();
        var unknown = new ArrayList<>(values.keySet());
        unknown.removeIf(name -> known.contains("--" + name));
        return unknown.stream().sorted().toList();
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? values.get(option.longestName().substring("--".length()))
                : null;
    }
}
