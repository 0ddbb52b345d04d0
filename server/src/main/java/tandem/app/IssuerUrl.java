package tandem.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Reads the issuer: scheme, host and port, in the one spelling that tokens, browsers and clients
/// will compare byte by byte ([RFC 8414 §3.3](https://www.rfc-editor.org/rfc/rfc8414#section-3.3)).
final class IssuerUrl {

    private static final String SUCH_AS = ", such as https://login.example.com";

    private IssuerUrl() {}

    static Parsed<URI> parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return Parsed.bad(Printable.quoted(text) + " is not a URL" + SUCH_AS);
        }
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Parsed.bad(Printable.quoted(text) + " is not an https URL" + SUCH_AS);
        }
        if (uri.getHost() == null || uri.getPort() > HostAndPort.PORT_MAX || uri.getPort() == 0) {
            return Parsed.bad(Printable.quoted(text) + " has no valid host and port" + SUCH_AS);
        }
        return checked(text, uri, scheme);
    }

    private static Parsed<URI> checked(String text, URI uri, String scheme) {
        var host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean loopback = HostAndPort.isLoopback(host.replace("[", "").replace("]", ""));
        boolean plain = scheme.equals("http");
        var required = plain && !loopback ? "https" : scheme;
        int usual = required.equals("https") ? 443 : 80;
        boolean portGiven = uri.getPort() >= 0 && uri.getPort() != usual;
        var proper = required + "://" + host + (portGiven ? ":" + uri.getPort() : "");
        if (proper.equals(text)) {
            return Parsed.good(uri);
        }
        return Parsed.bad(
                Printable.quoted(text)
                        + " "
                        + fault(uri, plain && !loopback)
                        + "; write "
                        + proper);
    }

    private static String fault(URI uri, boolean unencrypted) {
        if (uri.getRawUserInfo() != null) {
            return "must not hold a user or password";
        }
        boolean more = uri.getRawQuery() != null || uri.getRawFragment() != null;
        if (more || uri.getRawPath().length() > 1) {
            return "must be scheme, host and port only";
        }
        if (uri.getRawPath().equals("/")) {
            return "must not end with a slash";
        }
        return unencrypted
                ? "must be https, since its host is not this machine"
                : "is not in its shortest spelling";
    }
}
