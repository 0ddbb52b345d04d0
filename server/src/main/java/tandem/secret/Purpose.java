package tandem.secret;

/// What a derived key is for. One key serves one purpose, so that a value made for one is worthless
/// for another.
public enum Purpose {
    /// User codes are short: a plain hash of one could be reversed by trying them all.
    USER_CODE("user code"),
    /// Operators choose client secrets, and not always long ones.
    CLIENT_SECRET("client secret"),
    /// The first secret of a link and each successor.
    REFRESH_TOKEN("refresh token"),
    /// Marks session cookies as made here, so that a made-up one is not adopted.
    COOKIE("cookie"),
    /// Ties a form to the session it was shown to.
    CSRF("csrf"),
    /// Counters of failures are kept by what failed (an address, an e-mail), never in clear.
    FAILURE("failure"),
    /// The account a device expects, never in clear.
    LOGIN_HINT("login hint"),
    /// Marks DPoP nonces as given out here, and when.
    DPOP_NONCE("dpop nonce"),
    /// Fingerprints of applied resource files.
    APPLIED("applied"),
    /// Private signing keys.
    SIGNING_KEY("signing key"),
    /// Client secrets at OpenID providers, and the secrets of a trip there.
    PROVIDER("provider"),
    /// The code a session has entered, to be shown again on its pages.
    ENTERED_CODE("entered code");

    private final String info;

    Purpose(String info) {
        this.info = info;
    }

    /// The `info` of HKDF-Expand, [RFC 5869
    /// §2.3](https://www.rfc-editor.org/rfc/rfc5869#section-2.3).
    String info() {
        return "tandem/" + info;
    }
}
