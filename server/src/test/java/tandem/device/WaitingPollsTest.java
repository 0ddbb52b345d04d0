package tandem.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tandem.web.HttpServer;

class WaitingPollsTest {
    private final WaitingPolls polls = new WaitingPolls(15_000);

    @Test
    void an_address_has_so_many_places_and_no_more() {
        fill("192.0.2.1");
        assertThat(polls.enter("192.0.2.1")).isFalse();
        assertThat(polls.count()).as("who was not let in holds no place").isEqualTo(1_000);
        assertThat(polls.enter("192.0.2.2")).isTrue();
        polls.leave("192.0.2.1");
        assertThat(polls.enter("192.0.2.1")).isTrue();
    }

    @Test
    void all_addresses_together_have_so_many_and_no_more() {
        for (int address = 1; address <= 15; address++) {
            fill("192.0.2." + address);
        }
        assertThat(polls.enter("192.0.2.99")).isFalse();
        polls.leave("192.0.2.1");
        assertThat(polls.enter("192.0.2.99")).isTrue();
        assertThat(polls.count()).isEqualTo(15_000);
    }

    @Test
    void who_waits_leaves_connections_to_who_does_not() {
        assertThat(WaitingPolls.MAX).isLessThan(HttpServer.CONNECTIONS_MAX);
    }

    private void fill(String address) {
        for (int i = 0; i < WaitingPolls.PER_ADDRESS_MAX; i++) {
            assertThat(polls.enter(address)).isTrue();
        }
    }
}
