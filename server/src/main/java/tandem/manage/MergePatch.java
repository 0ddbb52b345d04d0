package tandem.manage;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Changes only what is named; null takes a member away. [RFC 7396
/// §2](https://www.rfc-editor.org/rfc/rfc7396#section-2)
final class MergePatch {

    private MergePatch() {}

    /// @param base is changed
    static ObjectNode onto(ObjectNode base, JsonNode patch) {
        for (var member : patch.properties()) {
            var value = member.getValue();
            if (value.isNull()) {
                base.remove(member.getKey());
            } else if (value.isObject()) {
                var before =
                        base.get(member.getKey()) instanceof ObjectNode object
                                ? object
                                : JsonNodeFactory.instance.objectNode();
                base.set(member.getKey(), onto(before, value));
            } else {
                base.set(member.getKey(), value);
            }
        }
        return base;
    }
}
