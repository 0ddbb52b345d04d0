package tandem.app;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address to listen on.
///
/// @param host a name or an address, an IPv6 one without its brackets
/// @param port 0 for any free one
public record HostAndPort(String host, int port) {

    static final int PORT_MAX = 65_535;

    private static final Pattern FORM =
            Pattern.compile(
                    "\\[(?<v6>[^\\]]+)\\]:(?<port6>\\d+)"
                            + "|(?<host>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?):(?<port>\\d+)");
    private static final Pattern BARE_V6 = Pattern.compile("[0-9A-Fa-f:.]+");
    private static final Pattern DOTTED = Pattern.compile("[0-9.]+");
    private static final int HOST_MAX = 253;
    private static final int PORT_DIGITS_MAX = 5;

    static Parsed<HostAndPort> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Parsed.bad(
                    Printable.quoted(text)
                            + " is not host:port, such as 127.0.0.1:8080"
                            + bracketsHint(text));
        }
        boolean v6 = form.group("v6") != null;
        var host = form.group(v6 ? "v6" : "host");
        var port = form.group(v6 ? "port6" : "port");
        if (!isHost(host, v6)) {
            return Parsed.bad(Printable.quoted(host) + " is not an address");
        }
        if (port.length() > PORT_DIGITS_MAX || Integer.parseInt(port) > PORT_MAX) {
            return Parsed.bad("port " + Printable.quoted(port) + " is not within 0 to " + PORT_MAX);
        }
        return Parsed.good(new HostAndPort(host, Integer.parseInt(port)));
    }

    /// True when only this machine can reach it.
    public boolean isLoopback() {
        return isLoopback(host);
    }

    /// True for `localhost` and what lies below it ([RFC 6761
    /// §6.3](https://www.rfc-editor.org/rfc/rfc6761#section-6.3)), 127/8 and ::1. No other name is
    /// looked up: what it means may change after the start.
    static boolean isLoopback(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isHost(String host, boolean v6) {
        if (v6) {
            return host.contains(":") && literal(host).isPresent();
        }
        return host.length() <= HOST_MAX
                && (!DOTTED.matcher(host).matches() || AddressBlock.isV4(host));
    }

    private static String bracketsHint(String text) {
        return BARE_V6.matcher(text).matches() && text.indexOf(':') < text.lastIndexOf(':')
                ? "; an IPv6 address stands in brackets, such as [::1]:8080"
                : "";
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
