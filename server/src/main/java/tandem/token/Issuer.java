package tandem.token;

import java.net.URI;

/// The issuer, and every URL under it. Built from configuration alone, never from a request. [RFC
/// 8414 §2](https://www.rfc-editor.org/rfc/rfc8414#section-2)
public record Issuer(URI uri) {

    public static final String DEVICE_AUTHORIZATION = "/oauth/device/code";
    public static final String TOKEN = "/oauth/token";
    public static final String REVOCATION = "/oauth/revoke";
    public static final String INTROSPECTION = "/oauth/introspect";
    public static final String USERINFO = "/userinfo";
    public static final String OPENID_METADATA = "/.well-known/openid-configuration";
    public static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";
    public static final String JWKS = "/.well-known/jwks.json";
    public static final String ACTIVATE = "/activate";

    private static final String MANAGEMENT = "/api/v2/";

    public String at(String path) {
        return uri + path;
    }

    public String userinfo() {
        return at(USERINFO);
    }

    /// The audience of the Management API's tokens.
    public String management() {
        return at(MANAGEMENT);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
