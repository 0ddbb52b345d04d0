package tandem.conformance.suite;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the server says of itself (RFC 8414), and the endpoints known from elsewhere.
///
/// @param document empty where the server publishes none
public record Metadata(
        String issuer,
        Optional<JsonNode> document,
        Optional<URI> address,
        URI deviceEndpoint,
        URI tokenEndpoint) {

    public static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    public Optional<URI> uri(String member) {
        return text(member).map(URI::create);
    }

    public Optional<String> text(String member) {
        return document.map(json -> json.path(member))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    /// The texts of a list; empty also where there is none.
    public List<String> list(String member) {
        var texts = new ArrayList<String>();
        document.ifPresent(json -> json.path(member).forEach(item -> texts.add(item.asString())));
        return List.copyOf(texts);
    }

    /// A list says so, or is not there and so says nothing.
    public boolean allows(String member, String value) {
        var listed = list(member);
        return listed.isEmpty() || listed.contains(value);
    }
}
