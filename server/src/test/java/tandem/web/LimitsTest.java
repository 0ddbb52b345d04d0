package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tandem.metric.Metrics;
import tandem.scenario.TestClock;
import tandem.web.Limits.Limit;
import tandem.web.Limits.Rate;

class LimitsTest {
    private static final String ADDRESS = "192.0.2.1";

    private final TestClock clock = new TestClock();
    private final Limits limits =
            new Limits(
                    Map.of(
                            Limit.PAGES, new Rate(3, 1, Duration.ofSeconds(10)),
                            Limit.WRONG_CODES, new Rate(1, 1, Duration.ofMinutes(1))),
                    clock);

    private boolean takes(Limit limit, String who) {
        return limits.exceeded(limit, who).isEmpty();
    }

    private Optional<Duration> useUp() {
        for (int i = 0; i < 3; i++) {
            assertThat(takes(Limit.PAGES, ADDRESS)).as("%d. of the burst", i + 1).isTrue();
        }
        return limits.exceeded(Limit.PAGES, ADDRESS);
    }

    @Test
    void so_many_at_once_then_a_wait_that_is_told() {
        assertThat(useUp()).contains(Duration.ofSeconds(10));
        clock.forward(Duration.ofSeconds(4));
        assertThat(limits.exceeded(Limit.PAGES, ADDRESS)).contains(Duration.ofSeconds(6));
    }

    @Test
    void who_waits_as_told_gets_one_and_who_asks_meanwhile_loses_nothing() {
        useUp();
        for (int i = 0; i < 9; i++) {
            clock.forward(Duration.ofSeconds(1));
            assertThat(takes(Limit.PAGES, ADDRESS)).as("after %d s", i + 1).isFalse();
        }
        clock.forward(Duration.ofSeconds(1));
        assertThat(takes(Limit.PAGES, ADDRESS)).isTrue();
        assertThat(takes(Limit.PAGES, ADDRESS)).isFalse();
    }

    @Test
    void a_long_wait_gives_no_more_than_the_burst() {
        useUp();
        clock.forward(Duration.ofDays(1));
        useUp();
        assertThat(takes(Limit.PAGES, ADDRESS)).isFalse();
    }

    @Test
    void each_who_and_each_limit_counts_alone() {
        useUp();
        assertThat(takes(Limit.PAGES, "192.0.2.2")).isTrue();
        assertThat(takes(Limit.WRONG_CODES, ADDRESS)).isTrue();
        assertThat(takes(Limit.WRONG_CODES, ADDRESS)).isFalse();
    }

    @Test
    void what_turned_out_well_is_given_back_but_never_above_the_burst() {
        useUp();
        limits.giveBack(Limit.PAGES, ADDRESS);
        assertThat(takes(Limit.PAGES, ADDRESS)).isTrue();
        assertThat(takes(Limit.PAGES, ADDRESS)).isFalse();

        for (int i = 0; i < 10; i++) {
            limits.giveBack(Limit.PAGES, "192.0.2.2");
        }
        for (int i = 0; i < 3; i++) {
            assertThat(takes(Limit.PAGES, "192.0.2.2")).isTrue();
        }
        assertThat(takes(Limit.PAGES, "192.0.2.2")).isFalse();
    }

    @Test
    void a_limit_that_is_not_set_is_off() {
        assertThat(limits.inForce(Limit.PAGES)).isTrue();
        assertThat(limits.inForce(Limit.DEVICE_CODES)).isFalse();
        for (int i = 0; i < 1000; i++) {
            assertThat(takes(Limit.DEVICE_CODES, ADDRESS)).isTrue();
        }
        limits.giveBack(Limit.DEVICE_CODES, ADDRESS);
        assertThat(new Limits(Map.of(), clock).inForce(Limit.PAGES)).isFalse();
    }

    @Test
    void a_refusal_is_worth_telling_once_for_each_key() {
        assertThat(limits.worthTelling(Limit.PAGES, ADDRESS)).isTrue();
        assertThat(limits.worthTelling(Limit.PAGES, ADDRESS)).isFalse();
        assertThat(limits.worthTelling(Limit.PAGES, "192.0.2.2")).isTrue();
        assertThat(limits.worthTelling(Limit.WRONG_CODES, ADDRESS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void every_limit_has_a_standard(Limit limit) {
        assertThat(Limits.standard()).containsEntry(limit, limit.standard());
        var standard = new Limits(Limits.standard(), clock);
        for (int i = 0; i < limit.standard().burst(); i++) {
            assertThat(standard.exceeded(limit, ADDRESS)).isEmpty();
        }
        assertThat(standard.exceeded(limit, ADDRESS))
                .hasValueSatisfying(wait -> assertThat(wait).isPositive());
    }

    @Test
    void what_was_taken_elsewhere_is_owed_here() {
        assertThat(takes(Limit.WRONG_CODES, ADDRESS)).isTrue();
        limits.add(Limit.WRONG_CODES, ADDRESS);
        limits.add(Limit.WRONG_CODES, ADDRESS);
        assertThat(limits.spent(Limit.WRONG_CODES, ADDRESS)).contains(Duration.ofMinutes(3));
        clock.forward(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(takes(Limit.WRONG_CODES, ADDRESS)).isFalse();
        clock.forward(Duration.ofSeconds(1));
        assertThat(takes(Limit.WRONG_CODES, ADDRESS)).isTrue();
    }

    @Test
    void a_million_addresses_take_no_more_room_than_there_is() {
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(takes(Limit.PAGES, "address " + i)).isTrue();
        }
        try (var metrics = new Metrics()) {
            limits.measure(metrics);
            var series = Pattern.compile("(?m)^tandem_cache_entries\\{.*\"limits\".*} (.+)$");
            var found = series.matcher(metrics.page());
            assertThat(found.find()).isTrue();
            assertThat(Double.parseDouble(found.group(1))).isBetween(1_000.0, 210_000.0);
        }
        useUp();
    }
}
