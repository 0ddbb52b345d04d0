package tandem.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;

/// Tells a form this server showed to this browser from one that somebody else made.
///
/// Two locks: what the browser itself says of where the request came from, and a token bound to the
/// session's cookie and to what the form is about.
public final class FormGuard {

    private final SecretKeys keys;
    private final String origin;

    public FormGuard(SecretKeys keys, URI issuer) {
        this.keys = keys;
        this.origin = issuer.toString();
    }

    /// The token for a form.
    ///
    /// @param about what the form decides on, such as an entry's id: a token for one thing does not
    ///   serve for another
    public String token(SessionCookie.Token session, String about) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(keys.mac(Purpose.CSRF, message(session, about)));
    }

    /// True when the form was shown to this session about this, and sent from our own page.
    public boolean passes(
            Request request, Optional<SessionCookie.Token> session, Form form, String about) {
        return sameOrigin(request)
                && session.isPresent()
                && form.text("csrf")
                        .flatMap(FormGuard::decoded)
                        .filter(mac ->
                                keys.authentic(Purpose.CSRF, message(session.get(), about), mac))
                        .isPresent();
    }

    /// What browsers send along cannot be forged by a page; what is absent says nothing.
    private boolean sameOrigin(Request request) {
        var site = request.header("Sec-Fetch-Site");
        if (site.isPresent() && !site.get().equals("same-origin")) {
            return false;
        }
        return request.header("Origin").map(origin::equals).orElse(true);
    }

    private static byte[] message(SessionCookie.Token session, String about) {
        return (session.value() + "\n" + about).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<byte[]> decoded(String token) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
