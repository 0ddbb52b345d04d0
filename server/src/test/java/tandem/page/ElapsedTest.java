package tandem.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {

    private final Texts english = Texts.load("en");

    @ParameterizedTest
    @CsvSource({
        "PT-3S, a moment ago",
        "PT0S, a moment ago",
        "PT40.9S, 40 seconds ago",
        "PT60S, 1 minute ago",
        "PT59M59S, 59 minutes ago",
        "PT1H, 1 hour ago",
        "PT23H59M, 23 hours ago",
        "P1D, 1 day ago",
        "P59D, 59 days ago",
        "P60D, 2 months ago",
        "P719D, 23 months ago",
        "P720D, 1 year ago",
        "P800D, 2 years ago",
    })
    void how_long_ago_is_said_in_the_largest_unit(Duration duration, String said) {
        assertThat(english.plain(Elapsed.ago(duration))).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "P30D, 30 days",
        "P1D, 1 day",
        "PT36H, 36 hours",
        "PT1H, 1 hour",
        "PT90M, 90 minutes",
        "PT61S, 2 minutes",
        "PT5S, 5 seconds",
    })
    void a_promise_is_said_exactly(Duration duration, String said) {
        assertThat(english.plain(Elapsed.span(duration))).isEqualTo(said);
    }
}
