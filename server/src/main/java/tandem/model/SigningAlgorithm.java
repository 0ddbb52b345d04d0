package tandem.model;

/// How tokens are signed. [RFC 7518 §3.1](https://www.rfc-editor.org/rfc/rfc7518#section-3.1), [RFC
/// 8037 §3.1](https://www.rfc-editor.org/rfc/rfc8037#section-3.1)
public enum SigningAlgorithm {
    RS256("RS256"),
    ES256("ES256"),
    EDDSA("EdDSA");

    private final String wire;

    SigningAlgorithm(String wire) {
        this.wire = wire;
    }

    /// The value of `alg`.
    public String wire() {
        return wire;
    }
}
