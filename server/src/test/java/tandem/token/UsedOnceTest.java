package tandem.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What may be used once.
class UsedOnceTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final UsedOnce used = new UsedOnce(3, now::get);

    private boolean first(String what) {
        return used.first(what, Instant.EPOCH.plusSeconds(60));
    }

    @Test
    void the_second_time_is_once_too_often() {
        assertThat(first("a")).isTrue();
        assertThat(first("b")).isTrue();
        assertThat(first("a")).isFalse();
        now.set(Instant.EPOCH.plusSeconds(60));
        assertThat(first("a")).isFalse();
    }

    @Test
    void what_has_run_out_is_forgotten() {
        assertThat(first("a")).isTrue();
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(61)));
        assertThat(first("a")).isTrue();
    }

    @Test
    void the_oldest_goes_when_there_is_no_room() {
        for (var what : new String[] {"a", "b", "c", "d"}) {
            assertThat(first(what)).as(what).isTrue();
        }
        for (var what : new String[] {"d", "c"}) {
            assertThat(first(what)).as(what).isFalse();
        }
        assertThat(first("a")).isTrue();
    }
}
