package tandem.web;

/// The headers that protect every page, errors included. [RFC 9700
/// §4.16](https://www.rfc-editor.org/rfc/rfc9700#section-4.16)
public final class PageHeaders {

    /// Nothing from elsewhere, nothing inline, no framing, forms only to ourselves.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private PageHeaders() {}

    public static Response protect(Response page) {
        return protect(page, "");
    }

    /// Protects a page whose form may lead elsewhere.
    ///
    /// @param formTargets origins a form's redirect may end at, such as an OpenID provider's:
    ///   browsers apply `form-action` to the redirect as well
    public static Response protect(Response page, String formTargets) {
        var policy =
                formTargets.isEmpty()
                        ? POLICY
                        : POLICY.replace("form-action 'self'", "form-action 'self' " + formTargets);
        return page.with("Content-Security-Policy", policy)
                .with("X-Frame-Options", "DENY")
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    }
}
