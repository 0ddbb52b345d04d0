package tandem.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The members of a JSON object, read by name and type. A member that is null counts as missing.
///
/// @param path where the object stands, with a final dot; empty at the top
record Members(JsonNode object, String path) {

    static Members of(JsonNode object) {
        if (!object.isObject()) {
            throw new InvalidDocument("the document", "must be an object");
        }
        return new Members(object, "");
    }

    Optional<JsonNode> any(String name) {
        return object.optional(name).filter(member -> !member.isNull());
    }

    Optional<String> text(String name) {
        return any(name).map(member -> text(name, member));
    }

    String text(String name, String otherwise) {
        return text(name).orElse(otherwise);
    }

    String required(String name) {
        return text(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    boolean flag(String name, boolean otherwise) {
        return any(name)
                .map(member -> {
                    require(member.isBoolean(), name, "must be true or false");
                    return member.booleanValue();
                })
                .orElse(otherwise);
    }

    int number(String name, int otherwise) {
        return any(name)
                .map(member -> (int) number(name, member, Integer.MAX_VALUE))
                .orElse(otherwise);
    }

    Duration seconds(String name, Duration otherwise) {
        return any(name)
                .map(member -> Duration.ofSeconds(number(name, member, Integer.MAX_VALUE)))
                .orElse(otherwise);
    }

    Optional<List<String>> texts(String name) {
        return any(name)
                .map(member ->
                        elements(name).stream().map(element -> text(name, element)).toList());
    }

    /// The one of `values` whose wire form stands there.
    <E> E oneOf(String name, E[] values, Function<E, String> wire, E otherwise) {
        return text(name).map(text -> find(name, text, values, wire)).orElse(otherwise);
    }

    <E> E find(String name, String text, E[] values, Function<E, String> wire) {
        return Arrays.stream(values)
                .filter(value -> wire.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        wrong(
                                name,
                                Arrays.stream(values)
                                        .map(wire)
                                        .collect(Collectors.joining(", ", "must be one of ", ""))));
    }

    /// The member of an object; without members when it is missing.
    Members object(String name) {
        var member = any(name);
        member.ifPresent(node -> require(node.isObject(), name, "must be an object"));
        return new Members(member.orElseGet(Documents::object), path + name + ".");
    }

    List<Members> objects(String name) {
        var found = new ArrayList<Members>();
        for (var element : elements(name)) {
            require(element.isObject(), name, "must be a list of objects");
            found.add(new Members(element, path + name + "[" + found.size() + "]."));
        }
        return found;
    }

    InvalidDocument wrong(String name, String complaint) {
        return new InvalidDocument(path + name, complaint);
    }

    private List<JsonNode> elements(String name) {
        var member = any(name);
        member.ifPresent(node -> require(node.isArray(), name, "must be a list"));
        return member.map(node -> List.copyOf(node.values())).orElse(List.of());
    }

    private String text(String name, JsonNode member) {
        require(member.isString(), name, "must be text");
        return member.stringValue();
    }

    private long number(String name, JsonNode member, long most) {
        boolean whole = member.isIntegralNumber() && member.canConvertToLong();
        require(
                whole && member.longValue() >= 0 && member.longValue() <= most,
                name,
                "must be a whole number from 0 to " + most);
        return member.longValue();
    }

    private void require(boolean condition, String name, String complaint) {
        if (!condition) {
            throw wrong(name, complaint);
        }
    }
}
