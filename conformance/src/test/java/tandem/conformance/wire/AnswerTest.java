package tandem.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an answer says, and when an expectation is not met.
class AnswerTest {
    private static final Request REQUEST =
            Request.post(URI.create("https://as.example/token"), Form.of("client_id", "tv"));

    @Test
    void an_error_is_read_from_json_alone() {
        assertThat(answer(400, "{\"error\":\"slow_down\"}").error()).isEqualTo("slow_down");
        assertThat(answer(400, "error=slow_down").error()).isEmpty();
        assertThat(answer(400, "[\"error\"]").error()).isEmpty();
        assertThat(answer(400, "{\"error\":7}").error()).isEmpty();
    }

    @Test
    void json_with_a_member_twice_or_something_behind_it_is_none() {
        assertThat(answer(200, "{\"a\":1,\"a\":2}").object()).isEmpty();
        assertThat(answer(200, "{\"a\":1} x").object()).isEmpty();
        assertThat(answer(200, "{\"a\":1}\n").object()).isPresent();
    }

    @Test
    void an_expected_error_needs_a_4xx_and_the_word() {
        answer(400, "{\"error\":\"invalid_grant\"}").isError("invalid_grant");
        answer(403, "{\"error\":\"invalid_grant\"}").isError("invalid_request", "invalid_grant");
        unmet(() -> answer(200, "{\"error\":\"invalid_grant\"}").isError("invalid_grant"));
        unmet(() -> answer(500, "{\"error\":\"invalid_grant\"}").isError("invalid_grant"));
        unmet(() -> answer(400, "{\"error\":\"invalid_request\"}").isError("invalid_grant"));
        unmet(() -> answer(400, "invalid_grant").isError("invalid_grant"));
    }

    @Test
    void any_other_error_is_not_enough_without_one() {
        answer(400, "{\"error\":\"invalid_grant\"}").isErrorBut("slow_down");
        unmet(() -> answer(400, "{}").isErrorBut("slow_down"));
        unmet(() -> answer(400, "{\"error\":\"slow_down\"}").isErrorBut("slow_down"));
    }

    @Test
    void a_number_has_to_be_one_and_above_zero() {
        assertThat(answer(200, "{\"interval\":5}").positive("interval")).isEqualTo(5);
        for (var wrong : List.of("0", "-1", "\"5\"", "5.5", "null")) {
            unmet(() -> answer(200, "{\"interval\":" + wrong + "}").positive("interval"));
        }
    }

    @Test
    void a_media_type_is_compared_without_case_and_parameters() {
        answer(200, "{}").isJson();
        unmet(() ->
                new Answer(
                                REQUEST,
                                200,
                                Map.of("content-type", List.of("text/json")),
                                "{}",
                                Duration.ZERO)
                        .isJson());
    }

    @Test
    void a_missing_no_store_is_told() {
        unmet(() -> answer(200, "{}").isNotStored());
        var kept =
                Map.of(
                        "Content-Type",
                        List.of("application/json"),
                        "Cache-Control",
                        List.of("No-Store, private"));
        new Answer(REQUEST, 200, kept, "{}", Duration.ZERO).isNotStored();
    }

    private static Answer answer(int status, String body) {
        return new Answer(
                REQUEST,
                status,
                Map.of("Content-Type", List.of("Application/JSON; charset=utf-8")),
                body,
                Duration.ZERO);
    }

    private static void unmet(Runnable expectation) {
        assertThatExceptionOfType(Unmet.class).isThrownBy(expectation::run);
    }
}
