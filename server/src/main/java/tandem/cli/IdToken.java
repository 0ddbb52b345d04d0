package tandem.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The person's name in an ID token, for display alone.
///
/// Nothing is decided by it, so the signature is not checked: the token came straight from the
/// token endpoint over a secure connection, [OpenID Connect Core
/// §3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation).
final class IdToken {

    private IdToken() {}

    static Optional<String> person(String idToken) {
        String[] parts = idToken.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            JsonNode claims =
                    JsonMapper.shared().readTree(new String(payload, StandardCharsets.UTF_8));
            return Stream.of("name", "email", "preferred_username")
                    .map(claims::path)
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .filter(value -> !value.isBlank())
                    .findFirst();
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }
}
