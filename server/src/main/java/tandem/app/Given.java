package tandem.app;

import tools.jackson.databind.JsonNode;

/// A value that somebody gave: in the file or in the environment.
///
/// @param place the path in the file, or the name of the variable
record Given(JsonNode value, String place, boolean inEnvironment) {

    /// What stands below a key of a map.
    Given at(String key) {
        return new Given(value.path(key), Mistake.below(place, key), inEnvironment);
    }

    Given item(int index) {
        return new Given(value.path(index), Mistake.item(place, index), inEnvironment);
    }

    /// True of a text, number or flag, whose spelling is [JsonNode#asString()].
    boolean isScalar() {
        return value.isValueNode() && !value.isNull();
    }

    String text() {
        return value.asString();
    }
}
