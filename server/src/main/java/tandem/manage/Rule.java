package tandem.manage;

import tools.jackson.databind.JsonNode;

/// What one written value must be.
@FunctionalInterface
interface Rule {

    /// Says at `place` what is wrong with the value, if anything is.
    void check(JsonNode value, Place place);
}
