package tandem.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tandem.model.NetworkPolicy;

/// Finds the address a request really came from.
///
/// It is the peer's, unless the peer is a trusted proxy: then the right-most address of
/// `X-Forwarded-For` that is not a trusted proxy's. What lies further left was written by anybody.
///
/// @param trusted addresses and CIDR blocks of proxies
public record ClientAddress(List<String> trusted) {

    private static final int HOPS_MAX = 50;

    public ClientAddress {
        trusted = List.copyOf(trusted);
    }

    String of(String peer, List<String> forwardedFor) {
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        var hops = new ArrayList<String>();
        for (var header : forwardedFor) {
            hops.addAll(List.of(header.split(",", -1)));
        }
        var found = peer;
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - HOPS_MAX); i--) {
            var hop = literal(hops.get(i));
            if (hop.isEmpty()) {
                return found;
            }
            found = hop.get();
            if (!isTrusted(found)) {
                return found;
            }
        }
        return found;
    }

    /// The key of an address for limits: the whole of an IPv4 one, the /64 of an IPv6 one, since a
    /// household owns all of that.
    public static String network(String address) {
        var bytes = InetAddress.ofLiteral(address).getAddress();
        if (bytes.length == 4) {
            return address;
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i += 2) {
            text.append(Integer.toHexString(((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF)))
                    .append(':');
        }
        return text.append(":/64").toString();
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(block -> NetworkPolicy.within(block, address));
    }

    /// An address literal without its port and brackets; empty for anything else.
    private static Optional<String> literal(String hop) {
        var text = hop.strip().replace("\"", "").toLowerCase(Locale.ROOT);
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            text = end < 0 ? text : text.substring(1, end);
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.contains(":")) {
            text = text.substring(0, text.indexOf(':'));
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
