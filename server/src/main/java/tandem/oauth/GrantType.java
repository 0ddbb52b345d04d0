package tandem.oauth;

import java.util.Optional;

/// The grant types Tandem exchanges, by their exact wire names.
public enum GrantType {
    /// [RFC 8628 §3.4](https://www.rfc-editor.org/rfc/rfc8628#section-3.4)
    DEVICE_CODE("urn:ietf:params:oauth:grant-type:device_code"),
    /// [RFC 6749 §6](https://www.rfc-editor.org/rfc/rfc6749#section-6)
    REFRESH_TOKEN("refresh_token"),
    /// [RFC 6749 §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)
    CLIENT_CREDENTIALS("client_credentials");

    private final String wire;

    GrantType(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static Optional<GrantType> parse(String wire) {
        for (var type : values()) {
            if (type.wire.equals(wire)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
