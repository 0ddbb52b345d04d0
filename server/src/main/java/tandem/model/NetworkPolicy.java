package tandem.model;

import java.net.InetAddress;
import java.util.List;
import tandem.model.Origin.Nearness;

/// How near the browser that approves must be to the device that asks.
///
/// @param blocks with [Rule#BLOCKS]: the CIDR blocks the device must ask from
public record NetworkPolicy(Rule rule, List<String> blocks) {

    public enum Rule {
        ANY,
        WARN,
        SAME_NETWORK,
        BLOCKS
    }

    public NetworkPolicy {
        blocks = List.copyOf(blocks);
    }

    /// True when a browser at `browser` may approve a device that asked from `device`. An unknown
    /// nearness does not pass as the same network.
    public boolean permits(Origin device, Origin browser) {
        return switch (rule) {
            case ANY, WARN -> true;
            case SAME_NETWORK -> device.nearness(browser) == Nearness.SAME_NETWORK;
            case BLOCKS -> asksFromWithin(device);
        };
    }

    /// True when a device at `device` may ask at all.
    public boolean asksFromWithin(Origin device) {
        return rule != Rule.BLOCKS
                || blocks.stream().anyMatch(block -> within(block, device.address()));
    }

    /// True when `address` lies in the CIDR block.
    public static boolean within(String block, String address) {
        int slash = block.indexOf('/');
        var network =
                InetAddress.ofLiteral(slash < 0 ? block : block.substring(0, slash)).getAddress();
        var candidate = InetAddress.ofLiteral(address).getAddress();
        if (network.length != candidate.length) {
            return false;
        }
        int bits = slash < 0 ? network.length * 8 : Integer.parseInt(block.substring(slash + 1));
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((network[bit / 8] & mask) != (candidate[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
