package tandem.store.sql;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tandem.store.Documents;
import tools.jackson.databind.JsonNode;

/// The details of an event as one JSON object of texts.
final class Details {

    private static final String NONE = "{}";

    private Details() {}

    static String write(Map<String, String> details) {
        if (details.isEmpty()) {
            return NONE;
        }
        var tree = Documents.object();
        new TreeMap<>(details).forEach(tree::put);
        return Documents.text(tree);
    }

    static Map<String, String> read(String document) {
        if (document.equals(NONE)) {
            return Map.of();
        }
        return Documents.parse(document).properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> text(e.getValue())));
    }

    private static String text(JsonNode value) {
        return value.asString();
    }
}
