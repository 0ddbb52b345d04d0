package tandem.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `tandem devices list`: a table for people, columns between tabs for `cut` and `awk`, or JSON.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(name = "list", header = "List linked devices.")
final class DevicesListCommand extends Verb {

    private static final String SCOPE = "read:device_credentials";
    private static final List<String> TITLES = List.of("ID", "DEVICE", "APP", "USER");
    private static final List<String> MEMBERS =
            List.of("id", "device_name", "client_id", "user_id");

    @ParentCommand private DevicesCommand devices;

    @Mixin private OperatorOptions operator;

    @Option(names = "--user-id", paramLabel = "ID", description = "Only this user's.")
    private Optional<String> userId = Optional.empty();

    @Option(
            names = "--app",
            paramLabel = "ID",
            description = "Only those of the app with this client ID.")
    private Optional<String> app = Optional.empty();

    @Option(
            names = "--json",
            description = "Print one JSON object a device, one a line, as the server tells it.")
    private boolean json;

    @Override
    Exit run() throws InterruptedException {
        Map<String, String> filters = new LinkedHashMap<>();
        userId.ifPresent(value -> filters.put("user_id", value));
        app.ifPresent(value -> filters.put("client_id", value));
        List<JsonNode> found = operator.client(devices.surroundings(), SCOPE).devices(filters);
        if (json) {
            found.forEach(this::printJson);
        } else if (devices.surroundings().terminal().get().interactive()) {
            printTable(found.stream().map(DevicesListCommand::cells).toList());
        } else {
            found.forEach(device -> out().println(String.join("\t", cells(device))));
        }
        return Exit.OK;
    }

    private void printJson(JsonNode device) {
        out().println(JsonMapper.shared().writeValueAsString(device));
    }

    private static List<String> cells(JsonNode device) {
        return MEMBERS.stream()
                .map(member -> Terminal.clean(device.path(member).asString("")))
                .toList();
    }

    private void printTable(List<List<String>> devices) {
        if (devices.isEmpty()) {
            out().println("No devices are linked.");
            return;
        }
        List<List<String>> rows = new ArrayList<>(List.of(TITLES));
        rows.addAll(devices);
        List<Integer> widths =
                IntStream.range(0, TITLES.size())
                        .mapToObj(column -> widest(rows.stream().map(row -> row.get(column))))
                        .toList();
        for (List<String> row : rows) {
            String line =
                    IntStream.range(0, row.size())
                            .mapToObj(column -> padded(row.get(column), widths.get(column)))
                            .collect(Collectors.joining("  "));
            out().println(line.stripTrailing());
        }
    }

    private static int widest(Stream<String> cells) {
        return cells.mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private PrintStream out() {
        return devices.surroundings().out();
    }

    @Override
    PrintStream err() {
        return devices.surroundings().err();
    }
}
