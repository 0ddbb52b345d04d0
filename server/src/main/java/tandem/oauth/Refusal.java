package tandem.oauth;

import java.time.Duration;
import java.util.Optional;

/// An error answer, as a value. [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)
///
/// @param description for the client's developer: what is wrong and what to do; never what an
///   attacker could use to guess. Only `%x20-21 / %x23-5B / %x5D-7E`.
/// @param retryAfter when it is worth asking again; for `slow_down` also the new interval
/// @param waited how long the poll was allowed to wait for the person, where the client preferred
///   that ([RFC 7240 §4.3](https://www.rfc-editor.org/rfc/rfc7240#section-4.3))
public record Refusal(
        ErrorCode code,
        String description,
        Optional<Duration> retryAfter,
        Optional<Duration> waited) {

    public Refusal(ErrorCode code, String description) {
        this(code, description, Optional.empty());
    }

    public Refusal(ErrorCode code, String description, Optional<Duration> retryAfter) {
        this(code, description, retryAfter, Optional.empty());
    }

    public Refusal waited(Duration wait) {
        return new Refusal(code, description, retryAfter, Optional.of(wait));
    }
}
