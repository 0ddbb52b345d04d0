package tandem.model;

import java.net.InetAddress;
import java.util.Arrays;

/// Where a request came from: the client's address and what it calls itself.
///
/// @param address in its textual form, never a name that would have to be looked up
/// @param agent the `User-Agent`, cut to [#AGENT_MAX] printable characters; empty when not sent
public record Origin(String address, String agent) {

    public static final int AGENT_MAX = 200;

    private static final int IPV6_NETWORK_BYTES = 8;

    public Origin {
        agent =
                agent.codePoints()
                        .filter(c -> !Character.isISOControl(c))
                        .limit(AGENT_MAX)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }

    /// How the networks of two requests relate.
    public enum Nearness {
        /// Equal IPv4 addresses, or equal IPv6 /64.
        SAME_NETWORK,
        OTHER_NETWORK,
        /// IPv4 against IPv6: nothing can be said.
        UNKNOWN
    }

    public Nearness nearness(Origin other) {
        var mine = InetAddress.ofLiteral(address).getAddress();
        var others = InetAddress.ofLiteral(other.address).getAddress();
        if (mine.length != others.length) {
            return Nearness.UNKNOWN;
        }
        int compared = mine.length == 4 ? 4 : IPV6_NETWORK_BYTES;
        return Arrays.equals(mine, 0, compared, others, 0, compared)
                ? Nearness.SAME_NETWORK
                : Nearness.OTHER_NETWORK;
    }
}
