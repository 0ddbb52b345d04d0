package tandem.manage;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tandem.model.Account;
import tandem.oauth.Scopes;

/// How single texts must be spelled.
final class Spelling {

    private static final int NAME_MAX = 80;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /// Characters that need no encoding in a URL, a form or a Basic header.
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

    private static final Pattern IDENTIFIER =
            Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,300}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");

    /// The JDK also takes `10.1` for 10.0.0.1; who writes it hardly means that.
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern BITS = Pattern.compile("\\d{1,3}");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Spelling() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static boolean isIdentifier(String text) {
        return IDENTIFIER.matcher(text).matches();
    }

    static boolean isColour(String text) {
        return COLOUR.matcher(text).matches();
    }

    static boolean isScope(String text) {
        return Scopes.parse(text)
                .filter(one -> one.values().equals(java.util.List.of(text)))
                .isPresent();
    }

    static boolean isName(String text) {
        return !text.isBlank() && isLine(text, NAME_MAX);
    }

    /// A text to be shown: of at most `most` characters, none of which acts instead of being seen.
    static boolean isLine(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                && text.codePoints().noneMatch(Spelling::acts);
    }

    /// True of a character that does something instead of being seen. The joiners act too, but
    /// Persian words and many emoji need them.
    static boolean acts(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT -> point != ZERO_WIDTH_JOINER && point != ZERO_WIDTH_NON_JOINER;
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }

    static boolean isEmail(String text) {
        return text.length() <= Account.EMAIL_MAX
                && EMAIL.matcher(text).matches()
                && text.codePoints().noneMatch(Spelling::acts);
    }

    /// An origin as browsers send it: scheme, host, and a port that is not the scheme's own. [RFC
    /// 6454 §6.2](https://www.rfc-editor.org/rfc/rfc6454#section-6.2)
    static boolean isOrigin(String text) {
        return uri(text)
                .filter(uri -> uri.getScheme() != null && uri.getHost() != null)
                .filter(uri -> !usualPort(uri))
                .map(uri ->
                        uri.getScheme()
                                + "://"
                                + uri.getHost()
                                + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
                .filter(text::equals)
                .filter(origin -> origin.equals(origin.toLowerCase(java.util.Locale.ROOT)))
                .isPresent();
    }

    /// The issuer of an OpenID provider: https, or http on this machine. [OpenID Connect Discovery
    /// §3](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata)
    static boolean isIssuer(String text) {
        return uri(text)
                .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
                .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
                .filter(uri ->
                        "https".equals(uri.getScheme())
                                || ("http".equals(uri.getScheme())
                                        && LOOPBACK.contains(uri.getHost())))
                .isPresent();
    }

    /// An address, or a block of addresses whose remaining bits are zero. [RFC 4632
    /// §3.1](https://www.rfc-editor.org/rfc/rfc4632#section-3.1)
    static boolean isBlock(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (address.contains("%") || !(address.contains(":") || IPV4.matcher(address).matches())) {
            return false;
        }
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            // An IPv4 address in the dress of IPv6 would match nothing.
            boolean plain = (bytes.length == 4) == IPV4.matcher(address).matches();
            return plain && (slash < 0 || endsWith(bytes, text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean endsWith(byte[] address, String bits) {
        if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > address.length * 8) {
            return false;
        }
        for (int bit = Integer.parseInt(bits); bit < address.length * 8; bit++) {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean usualPort(URI uri) {
        return (uri.getPort() == 443 && "https".equals(uri.getScheme()))
                || (uri.getPort() == 80 && "http".equals(uri.getScheme()));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
