package tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.model.Origin.Nearness;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, SAME_NETWORK",
        "192.0.2.1, 192.0.2.2, OTHER_NETWORK",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, SAME_NETWORK",
        "2001:db8:1:2::1, 2001:db8:1:3::1, OTHER_NETWORK",
        "192.0.2.1, 2001:db8::1, UNKNOWN",
    })
    void compares_networks(String one, String other, Nearness nearness) {
        assertThat(new Origin(one, "").nearness(new Origin(other, ""))).isEqualTo(nearness);
    }

    @Test
    void an_unknown_nearness_is_not_the_same_network() {
        var policy = new NetworkPolicy(NetworkPolicy.Rule.SAME_NETWORK, List.of());
        var device = new Origin("192.0.2.1", "");
        assertThat(policy.permits(device, new Origin("2001:db8::1", ""))).isFalse();
        assertThat(policy.permits(device, new Origin("192.0.2.1", ""))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.7, 192.0.2.7, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "10.0.0.0/8, ::1, false",
    })
    void finds_addresses_in_blocks(String block, String address, boolean within) {
        assertThat(NetworkPolicy.within(block, address)).isEqualTo(within);
    }

    @Test
    void cuts_agents_and_drops_control_characters() {
        var origin = new Origin("192.0.2.1", "evil\r\nSet-Cookie: x" + "y".repeat(500));
        assertThat(origin.agent()).doesNotContain("\r", "\n").hasSize(Origin.AGENT_MAX);
    }
}
