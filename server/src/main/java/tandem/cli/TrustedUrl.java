package tandem.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// An address that tokens and secrets may be sent to: `https`, or `http` to this very machine.
///
/// Loopback is recognised by name and by literal address, never by asking DNS: an answer of the
/// network must not decide what may be sent over it in the clear.
record TrustedUrl(String text, URI uri) {

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Pattern LOOPBACK_V6 = Pattern.compile("\\[(::1|(0{1,4}:){7}0{0,3}1)]");

    /// Takes an address apart and refuses what is not safe.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    static TrustedUrl parse(String text) {
        URI uri = absolute(text);
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        boolean local = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
        if (!secure && !local) {
            throw new IllegalArgumentException(
                    "'%s' is not an https:// address; http:// is for this machine only"
                            .formatted(text));
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "'%s' may hold neither a user name nor a fragment".formatted(text));
        }
        return new TrustedUrl(text, uri);
    }

    private static URI absolute(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw new IllegalArgumentException("'%s' is not a full address".formatted(text));
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'%s' is not an address".formatted(text), e);
        }
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || LOOPBACK_V4.matcher(host).matches()
                || LOOPBACK_V6.matcher(host).matches();
    }

    /// The same address with a path appended to its own; the query of an issuer has no meaning.
    URI below(String path) {
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return text;
    }

    /// Says to the command line what is wrong, in the words above.
    static final class Converter implements ITypeConverter<TrustedUrl> {

        @Override
        public TrustedUrl convert(String value) {
            try {
                return parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
