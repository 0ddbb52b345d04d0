package tandem.conformance.suite;

/// What a case cannot be judged without; a public client, everybody has.
public enum Need {
    METADATA("a metadata document (RFC 8414 or OpenID Connect Discovery)"),
    OTHER_CLIENT("a second public client (--other-client)"),
    CONFIDENTIAL_CLIENT("a confidential client (--confidential)"),
    UNGRANTED_CLIENT("a client without the device grant (--ungranted-client)"),
    SHORT_LIFETIME("a client whose codes live shortly (--short-lifetime-client)"),
    ORIGIN("a web origin allowed to the client (--origin)"),
    API("an API (--api)"),
    APPROVER("somebody who approves (--user and an --approver)"),
    PAGES("pages that are plain forms (--user and --approver forms)"),
    REFRESH("refresh tokens (grant_types_supported)"),
    REVOCATION("a revocation_endpoint in the metadata"),
    INTROSPECTION("an introspection_endpoint in the metadata"),
    USERINFO("a userinfo_endpoint in the metadata"),
    KEYS("a jwks_uri in the metadata"),
    OPENID("OpenID Connect (scope openid)"),
    PKCE("PKCE (code_challenge_methods_supported)"),
    DPOP("DPoP (dpop_signing_alg_values_supported)"),
    KEY_AUTHENTICATION("private_key_jwt (token_endpoint_auth_methods_supported)"),
    TLS("an issuer on https"),
    LIMITS("the word that limits may be tripped (--trip-limits)");

    private final String words;

    Need(String words) {
        this.words = words;
    }

    /// What is missing, after the word "needs".
    public String words() {
        return words;
    }
}
