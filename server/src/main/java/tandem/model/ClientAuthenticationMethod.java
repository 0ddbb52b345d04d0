package tandem.model;

/// How a client authenticates; the names are those of its registration. [RFC 7591
/// §2](https://www.rfc-editor.org/rfc/rfc7591#section-2)
public enum ClientAuthenticationMethod {
    NONE,
    CLIENT_SECRET_BASIC,
    CLIENT_SECRET_POST,
    /// A JWT signed with a key of the client's own, [OpenID Connect Core
    /// §9](https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication).
    PRIVATE_KEY_JWT
}
