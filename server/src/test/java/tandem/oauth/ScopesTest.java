package tandem.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
    @Test
    void keeps_the_order_and_drops_repeats() {
        assertThat(Scopes.parse("b a b").orElseThrow().toString()).isEqualTo("b a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open\"id", "open\\id", "bell\u0007", "é", "nul\u0000"})
    void refuses_what_no_scope_may_hold(String text) {
        assertThat(Scopes.parse(text)).isEmpty();
    }

    @Test
    void refuses_more_values_than_a_person_could_read() {
        var many =
                IntStream.rangeClosed(0, Scopes.COUNT_MAX)
                        .mapToObj(i -> "s" + i)
                        .collect(Collectors.joining(" "));
        assertThat(Scopes.parse(many)).isEmpty();
    }
}
