package tandem.model;

/// How a client authenticates; the names are those of its registration. [RFC 7591
/// §2](https://www.rfc-editor.org/rfc/rfc7591#section-2)
public enum ClientAuthenticationMethod {
    NONE,
    CLIENT_SECRET_BASIC,
    CLIENT_SECRET_POST
}
