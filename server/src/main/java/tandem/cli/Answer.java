package tandem.cli;

import java.time.Duration;
import java.util.Optional;

/// What one poll can come to, [RFC 8628 §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5).
sealed interface Answer {

    record Linked(Tokens tokens) implements Answer {}

    record Pending() implements Answer {}

    /// Still pending, and asked too soon.
    ///
    /// @param interval the server's own new interval, where it names one
    /// @param retryAfter the least wait before the next poll alone
    record SlowDown(Optional<Duration> interval, Optional<Duration> retryAfter) implements Answer {}

    record Denied() implements Answer {}

    record Expired() implements Answer {}

    record Failed(String error, String description) implements Answer {}

    /// Nothing was learned; the code may live on.
    record Unreachable(String reason, Optional<Duration> retryAfter) implements Answer {}
}
