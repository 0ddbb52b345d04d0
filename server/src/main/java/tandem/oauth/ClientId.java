package tandem.oauth;

/// The identifier of a registered client. [RFC 6749
/// §2.2](https://www.rfc-editor.org/rfc/rfc6749#section-2.2)
public record ClientId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
