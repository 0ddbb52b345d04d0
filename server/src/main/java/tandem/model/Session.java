package tandem.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tandem.oauth.SecretHash;

/// One browser's session, signed in or not yet.
///
/// The row stays the same when the person signs in or out; the token in the cookie changes, so that
/// a token known before a sign-in is worth nothing after it.
public record Session(
        String id,
        SecretHash token,
        Optional<SignedIn> signedIn,
        Instant createdAt,
        Instant usedAt,
        Origin origin) {

    /// Ends after this long without use.
    public static final Duration IDLE_MAX = Duration.ofDays(3);

    /// Ends this long after it began, used or not.
    public static final Duration LIFETIME_MAX = Duration.ofDays(7);

    /// A session that never signed in is forgotten sooner.
    public static final Duration ANONYMOUS_MAX = Duration.ofHours(2);

    /// `usedAt` is written at most this often: one row a minute, not one a click.
    public static final Duration USED_GRAIN = Duration.ofMinutes(1);

    /// The person of the session, and how they signed in.
    public record SignedIn(String userId, String connection, Authentication authentication) {}

    public boolean live(Instant now) {
        return now.isBefore(overAt());
    }

    /// When its time is over if it is not used again.
    public Instant overAt() {
        var longest = createdAt.plus(signedIn.isPresent() ? LIFETIME_MAX : ANONYMOUS_MAX);
        var idle = usedAt.plus(IDLE_MAX);
        return idle.isBefore(longest) ? idle : longest;
    }
}
