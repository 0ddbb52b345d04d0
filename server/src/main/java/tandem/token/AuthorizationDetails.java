package tandem.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tandem.model.Api;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.web.Form;
import tandem.web.Json;
import tools.jackson.databind.JsonNode;

/// What a device asks for more finely than scopes can say. [RFC 9396
/// §2](https://www.rfc-editor.org/rfc/rfc9396#section-2)
///
/// Each element is of a type that one of the APIs asked for has registered; what else it says is
/// the API's to understand, and is shown to the person as it stands.
public final class AuthorizationDetails {

    private static final int LENGTH_MAX = 4096;
    private static final int ELEMENTS_MAX = 10;

    /// So many values can be shown to a person, and such long ones: nothing may hide in more.
    private static final int VALUES_MAX = 20;

    private static final int VALUE_MAX = 200;

    private AuthorizationDetails() {}

    /// One value of an element, as a page shows it.
    ///
    /// @param name with its place, such as `amount currency`
    public record Value(String name, String text) {}

    /// The JSON array of a request, if it sends one.
    public static Outcome<Optional<String>> requested(List<Api> apis, Form form) {
        var text = form.text("authorization_details");
        if (text.isEmpty()) {
            return Outcome.ok(Optional.empty());
        }
        var array =
                text.filter(t -> t.length() <= LENGTH_MAX)
                        .flatMap(t -> Json.read(t.getBytes(StandardCharsets.UTF_8)))
                        .filter(JsonNode::isArray)
                        .filter(a -> !a.isEmpty() && a.size() <= ELEMENTS_MAX);
        if (array.isEmpty()) {
            return invalid(
                    "authorization_details is no JSON array of 1 to " + ELEMENTS_MAX + " objects");
        }
        for (var element : array.get()) {
            var type = element.path("type").asString("");
            if (apis.stream().noneMatch(api -> api.detailType(type).isPresent())) {
                return invalid("an element is of a type that no API asked for has registered");
            }
            if (!showable(values(element))) {
                return invalid(
                        "an element has more than %d values, or one of more than %d characters or with"
                                        .formatted(VALUES_MAX, VALUE_MAX)
                                + " control characters");
            }
        }
        return Outcome.ok(Optional.of(array.get().toString()));
    }

    /// The elements that mean something at an API.
    static List<JsonNode> at(Optional<Api> api, Optional<String> details) {
        return elements(details).stream()
                .filter(element ->
                        api.flatMap(a -> a.detailType(element.path("type").asString("")))
                                .isPresent())
                .toList();
    }

    public static List<JsonNode> elements(Optional<String> details) {
        return details.flatMap(text -> Json.read(text.getBytes(StandardCharsets.UTF_8)))
                .map(array -> array.valueStream().toList())
                .orElse(List.of());
    }

    /// Everything an element says but its type, in order.
    public static List<Value> values(JsonNode element) {
        var values = new ArrayList<Value>();
        for (var member : element.properties()) {
            if (!member.getKey().equals("type")) {
                collect(member.getKey(), member.getValue(), values);
            }
        }
        return values;
    }

    private static void collect(String name, JsonNode node, List<Value> values) {
        if (node.isObject()) {
            node.properties().forEach(m -> collect(name + ' ' + m.getKey(), m.getValue(), values));
        } else if (node.isArray()) {
            node.forEach(element -> collect(name, element, values));
        } else {
            values.add(new Value(name, node.asString("")));
        }
    }

    private static boolean showable(List<Value> values) {
        return values.size() <= VALUES_MAX
                && values.stream().allMatch(v -> isLine(v.name) && isLine(v.text));
    }

    private static boolean isLine(String text) {
        return text.length() <= VALUE_MAX
                && text.codePoints()
                        .noneMatch(c ->
                                Character.isISOControl(c)
                                        || Character.getType(c) == Character.FORMAT);
    }

    private static <T> Outcome<T> invalid(String why) {
        return Outcome.refused(ErrorCode.INVALID_AUTHORIZATION_DETAILS, why);
    }
}
