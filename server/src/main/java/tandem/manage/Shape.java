package tandem.manage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// An object with these members and no others. A member that is null takes its standard value
/// again, unless it is one of `lasting`.
record Shape(Map<String, Rule> members, Set<String> lasting) implements Rule {

    Shape(Map<String, Rule> members) {
        this(members, Set.of());
    }

    @Override
    public void check(JsonNode value, Place place) {
        if (!value.isObject()) {
            place.wrong("must be an object of members");
            return;
        }
        for (var member : value.properties()) {
            check(member.getKey(), member.getValue(), place.at(member.getKey()));
        }
    }

    private void check(String name, JsonNode value, Place place) {
        var rule = members.get(name);
        if (rule == null) {
            place.wrong("is not known here" + Nearest.question(name, members.keySet()));
        } else if (!value.isNull()) {
            rule.check(value, place);
        } else if (lasting.contains(name)) {
            place.wrong("must not be null");
        }
    }

    /// The same with one more member, or another rule for one.
    Shape with(String name, Rule rule) {
        var more = new HashMap<>(members);
        more.put(name, rule);
        return new Shape(Map.copyOf(more), lasting);
    }

    Shape lasting(String... names) {
        return new Shape(members, Set.of(names));
    }
}
