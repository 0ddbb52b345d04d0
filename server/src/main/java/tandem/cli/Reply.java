package tandem.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What came back from one HTTP request.
sealed interface Reply {

    /// The longest time a server is believed when it names one; longer ones count as this.
    Duration LONGEST = Duration.ofDays(3650);

    /// An answer in JSON, whatever its status.
    record Json(int status, JsonNode body, Optional<Duration> retryAfter) implements Reply {

        /// A member that is a string and not empty.
        Optional<String> text(String name) {
            return Optional.of(body.path(name))
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .filter(value -> !value.isEmpty());
        }

        /// A member that is a positive number of seconds; some servers send numbers as strings.
        /// Less than one counts as one: a client must not be made to run hot.
        Optional<Duration> seconds(String name) {
            JsonNode node = body.path(name);
            if (!node.isNumber() && !node.isString()) {
                return Optional.empty();
            }
            try {
                BigDecimal seconds = new BigDecimal(node.asString());
                return Optional.of(seconds)
                        .filter(value -> value.signum() > 0)
                        .map(value -> value.max(BigDecimal.ONE))
                        .map(value -> value.min(BigDecimal.valueOf(LONGEST.toSeconds())))
                        .map(value -> Duration.ofMillis(value.movePointRight(3).longValue()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        String describedOr(String otherwise) {
            return text("error_description").orElse(otherwise);
        }

        /// Bodies carry tokens, so only the status is told.
        @Override
        public String toString() {
            return "Json[status=" + status + "]";
        }
    }

    /// An answer that is something else: a proxy's error page, a sign-in page in between.
    record NotJson(int status, String contentType, Optional<Duration> retryAfter)
            implements Reply {}

    /// No answer: refused, unresolved, broken off, too slow.
    record None(String reason) implements Reply {}

    /// Success, with or without something to say; a page for people is never an answer.
    default boolean ok() {
        return switch (this) {
            case Json json -> json.status() / 100 == 2;
            case NotJson other ->
                    other.status() / 100 == 2 && !other.contentType().contains("html");
            case None _ -> false;
        };
    }

    /// Whether the same request may well be answered properly a little later.
    default boolean passing() {
        return switch (this) {
            case Json json -> passing(json.status());
            case NotJson other -> passing(other.status());
            case None _ -> true;
        };
    }

    private static boolean passing(int status) {
        return status >= 500 || status == 429 || status == 408;
    }

    default Optional<Duration> waitAsked() {
        return switch (this) {
            case Json json -> json.retryAfter();
            case NotJson other -> other.retryAfter();
            case None _ -> Optional.empty();
        };
    }

    /// One sentence on a reply that was not what the command needed.
    default String explained() {
        return switch (this) {
            case Json json ->
                    json.text("error")
                            .map(error ->
                                    json.text("error_description")
                                            .map(told -> error + ": " + told)
                                            .orElse(error))
                            .or(() -> json.text("message"))
                            .orElse("the server answered with status " + json.status());
            case NotJson other ->
                    "the server answered with %s instead of JSON (status %d)"
                            .formatted(other.contentType(), other.status());
            case None none -> none.reason();
        };
    }
}
