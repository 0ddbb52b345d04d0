package tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private Pace pace = Pace.of(Duration.ofSeconds(5));

    /// Polls at a time after the start: true when it was accepted.
    private boolean polls(double seconds) {
        var now = START.plusMillis((long) (seconds * 1000));
        boolean early = pace.tooSoon(now);
        pace = early ? pace.broken() : pace.accepted(now);
        return !early;
    }

    @Test
    void accepts_the_first_poll_at_once() {
        assertThat(polls(0)).isTrue();
    }

    @Test
    void widens_for_good_and_counts_from_the_last_accepted_poll() {
        assertThat(polls(0)).isTrue();
        assertThat(polls(1)).as("+1 s").isFalse();
        assertThat(pace.interval()).hasSeconds(10);
        assertThat(polls(7)).as("+6 s, interval 10").isFalse();
        assertThat(pace.interval()).hasSeconds(15);
        assertThat(polls(23)).as("+16 s, interval 15").isTrue();
        assertThat(polls(34)).as("+11 s, interval still 15").isFalse();
    }

    @Test
    void forgives_a_fifth_of_the_interval() {
        assertThat(polls(0)).isTrue();
        assertThat(polls(4.0)).isTrue();
        assertThat(polls(7.9)).isFalse();
    }

    @Test
    void forgives_at_least_half_a_second() {
        pace = Pace.of(Duration.ofSeconds(1));
        assertThat(polls(0)).isTrue();
        assertThat(polls(0.5)).isTrue();
        assertThat(polls(0.9)).isFalse();
    }

    @Test
    void stops_widening_at_a_minute() {
        for (int i = 0; i < 100; i++) {
            polls(i * 0.05);
        }
        assertThat(pace.interval()).isEqualTo(Pace.INTERVAL_MAX);
    }

    @Test
    void never_starves_a_client_of_fixed_cadence() {
        int accepted = 0;
        for (int second = 0; second < 600; second++) {
            accepted += polls(second) ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(10);
    }

    @Test
    void lets_a_client_that_keeps_the_interval_never_wait_longer() {
        for (int i = 0; i < 20; i++) {
            assertThat(polls(i * 5.0)).isTrue();
        }
    }
}
