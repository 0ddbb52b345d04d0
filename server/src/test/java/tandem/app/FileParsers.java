package tandem.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.manage.Resources;
import tandem.model.NetworkPolicy;
import tools.jackson.databind.JsonNode;

/// What an operator writes: on any text it comes to a value, or to mistakes that can be printed.
public final class FileParsers {
    private FileParsers() {}

    /// The file of the configuration, and of resources.
    public static void readFile(byte[] input) {
        var document = Document.of("file.yaml", new String(input, UTF_8));
        switch (ConfigReader.read(Optional.of(document), Map.of())) {
            case Reading.Good(_) -> {}
            case Reading.Bad(var inFile, var inEnvironment) -> {
                printable(inFile);
                printable(inEnvironment);
            }
        }
        if (!document.isBroken()) {
            printable(document.told(mistakes(document.root())));
        }
    }

    /// One text in the place of each value.
    public static void readValue(byte[] input) {
        var text = new String(input, UTF_8);
        if (printed(AddressBlock.parse(text)) instanceof Parsed.Good<String>(var block)) {
            NetworkPolicy.within(block, "192.0.2.1");
            NetworkPolicy.within(block, "2001:db8::1");
        }
        if (printed(HostAndPort.parse(text)) instanceof Parsed.Good<HostAndPort>(var host)) {
            host.isLoopback();
        }
        if (printed(Durations.parse(text)) instanceof Parsed.Good<java.time.Duration>(var time)) {
            Durations.text(time);
        }
        printed(IssuerUrl.parse(text));
        printed(Database.parse(text));
        for (var name : List.of("TANDEM_ISSUER", "TANDEM_LIMITS", "TANDEM_TRUSTED_PROXIES")) {
            var variables = new HashMap<>(Map.of(name, text));
            variables.put(text, name);
            if (ConfigReader.read(Optional.empty(), variables)
                    instanceof Reading.Bad(var inFile, var inEnvironment)) {
                printable(inFile);
                printable(inEnvironment);
            }
        }
    }

    private static List<Mistake> mistakes(JsonNode resources) {
        return Resources.check(resources).stream()
                .map(mistake -> new Mistake(mistake.path(), mistake.message()))
                .toList();
    }

    private static <T> Parsed<T> printed(Parsed<T> parsed) {
        if (parsed instanceof Parsed.Bad<T>(var why)) {
            printable(List.of(why));
        }
        return parsed;
    }

    private static void printable(List<String> told) {
        for (var line : told) {
            if (!Printable.of(line).equals(line)) {
                throw new AssertionError("cannot be printed as it is: " + Printable.of(line));
            }
        }
    }
}
