package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static final String PROXY = "10.0.0.1";
    private static final String PERSON = "198.51.100.7";

    private final ClientAddress behindProxies =
            new ClientAddress(List.of("10.0.0.0/8", "2001:db8:ffff::/48"));

    private String seen(String... forwardedFor) {
        return behindProxies.of(PROXY, List.of(forwardedFor));
    }

    @Test
    void is_the_peers_when_no_proxy_is_trusted() {
        var direct = new ClientAddress(List.of());
        assertThat(direct.of(PROXY, List.of(PERSON))).isEqualTo(PROXY);
    }

    @Test
    void is_the_peers_when_that_is_no_proxy_of_ours() {
        assertThat(behindProxies.of("192.0.2.1", List.of(PERSON))).isEqualTo("192.0.2.1");
    }

    @Test
    void is_the_peers_when_the_proxy_says_nothing() {
        assertThat(seen()).isEqualTo(PROXY);
        assertThat(seen("")).isEqualTo(PROXY);
    }

    @Test
    void is_what_the_proxy_saw_whatever_the_client_wrote_before() {
        assertThat(seen(PERSON)).isEqualTo(PERSON);
        assertThat(seen("203.0.113.9, " + PERSON)).isEqualTo(PERSON);
        assertThat(seen("10.9.9.9, 203.0.113.9," + PERSON)).isEqualTo(PERSON);
    }

    @Test
    void is_the_first_from_the_right_that_is_no_proxy_over_all_headers() {
        assertThat(seen("203.0.113.9, " + PERSON + ", 10.0.0.2, 10.0.0.3")).isEqualTo(PERSON);
        assertThat(seen("203.0.113.9", PERSON, "10.0.0.2")).isEqualTo(PERSON);
        assertThat(seen("10.0.0.4, 10.0.0.3")).as("proxies only").isEqualTo("10.0.0.4");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7:4711, 198.51.100.7",
        "' 198.51.100.7 ', 198.51.100.7",
        "'\"198.51.100.7\"', 198.51.100.7",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "'\"[2001:db8::1]:4711\"', 2001:db8:0:0:0:0:0:1",
        "::ffff:198.51.100.7, 198.51.100.7"
    })
    void is_read_in_every_usual_spelling(String written, String address) {
        assertThat(seen(written)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "localhost",
                "tandem.example",
                "999.1.1.1",
                "198.51.100.7 198.51.100.8",
                "[2001:db8::1",
                "2001:db8::1::2",
                "198.51.100.7,",
                ":"
            })
    void ends_at_the_last_proxy_where_no_address_stands(String written) {
        assertThat(seen("203.0.113.9, " + written)).isEqualTo(PROXY);
        assertThat(seen(written + ", 10.0.0.2")).isEqualTo("10.0.0.2");
    }

    @Test
    void is_sought_only_so_far() {
        var endless = PERSON + ",10.0.0.9".repeat(1000);
        assertThat(seen(endless)).isEqualTo("10.0.0.9");
    }

    @Test
    void may_be_ipv6_and_so_may_a_proxys() {
        assertThat(behindProxies.of("2001:db8:ffff:0:0:0:0:1", List.of(PERSON))).isEqualTo(PERSON);
        assertThat(behindProxies.of("2001:db8:fffe:0:0:0:0:1", List.of(PERSON)))
                .isEqualTo("2001:db8:fffe:0:0:0:0:1");
    }

    @Test
    void counts_for_limits_whole_or_as_the_network_of_a_household() {
        assertThat(ClientAddress.network(PERSON)).isEqualTo(PERSON);
        assertThat(ClientAddress.network("2001:db8:0:42:1:2:3:4"))
                .isEqualTo("2001:db8:0:42::/64")
                .isEqualTo(ClientAddress.network("2001:db8:0:42::ffff"))
                .isNotEqualTo(ClientAddress.network("2001:db8:0:43:1:2:3:4"));
    }
}
