package tandem.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/// Reads an address, or a block of addresses in the notation of [RFC 4632
/// §3.1](https://www.rfc-editor.org/rfc/rfc4632#section-3.1).
final class AddressBlock {

    /// The JDK also takes `10.1` for 10.0.0.1; who writes it hardly means that.
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    private AddressBlock() {}

    static boolean isV4(String text) {
        return V4.matcher(text).matches() && HostAndPort.literal(text).isPresent();
    }

    static Parsed<String> parse(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        var literal = HostAndPort.literal(address);
        if (literal.isEmpty()
                || !(address.contains(":") || isV4(address))
                || address.contains("%")) {
            return Parsed.bad(
                    Printable.quoted(text)
                            + " is neither an address nor a block of them, such as 10.0.0.7 or 10.0.0.0/8");
        }
        var bytes = literal.get().getAddress();
        if (bytes.length == 4 && address.contains(":")) {
            return Parsed.bad(
                    Printable.quoted(text)
                            + " is an IPv4 address; write it as "
                            + literal.get().getHostAddress());
        }
        return slash < 0
                ? Parsed.good(literal.get().getHostAddress())
                : block(bytes, text.substring(slash + 1));
    }

    private static Parsed<String> block(byte[] address, String prefix) {
        int bits = address.length * 8;
        if (!PREFIX.matcher(prefix).matches() || Integer.parseInt(prefix) > bits) {
            return Parsed.bad(
                    "the prefix " + Printable.quoted(prefix) + " is not within 0 to " + bits);
        }
        int kept = Integer.parseInt(prefix);
        var first = address.clone();
        for (int bit = kept; bit < bits; bit++) {
            first[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        var block = text(first) + "/" + kept;
        return java.util.Arrays.equals(first, address)
                ? Parsed.good(block)
                : Parsed.bad(
                        Printable.quoted(text(address) + "/" + kept)
                                + " is an address within a block; write the block, "
                                + block
                                + ", or the address alone");
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }
}
