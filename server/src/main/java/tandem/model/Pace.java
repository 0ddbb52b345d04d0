package tandem.model;

import java.time.Duration;
import java.time.Instant;

/// How often a device may poll, and when it last did. [RFC 8628
/// §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)
///
/// The interval counts from the last poll that was *accepted*: a client of fixed cadence, however
/// fast, is answered in the end. It lives in memory only; losing it at a restart harms nobody.
///
/// @param lastAccepted [Instant#MIN] before the first poll, which is always accepted
public record Pace(Duration interval, Instant lastAccepted) {

    /// What each poll that is too soon adds, for good.
    public static final Duration PENALTY = Duration.ofSeconds(5);

    public static final Duration INTERVAL_MAX = Duration.ofMinutes(1);

    /// Timers run fast and networks jitter: a fifth of the interval, at least this, is forgiven.
    private static final Duration TOLERANCE_MIN = Duration.ofMillis(500);

    private static final int TOLERANCE_PART = 5;

    public static Pace of(Duration interval) {
        return new Pace(interval, Instant.MIN);
    }

    public boolean tooSoon(Instant now) {
        if (lastAccepted.equals(Instant.MIN)) {
            return false;
        }
        var part = interval.dividedBy(TOLERANCE_PART);
        var tolerance = part.compareTo(TOLERANCE_MIN) > 0 ? part : TOLERANCE_MIN;
        return now.isBefore(lastAccepted.plus(interval).minus(tolerance));
    }

    public Pace accepted(Instant now) {
        return new Pace(interval, now);
    }

    /// The wider pace after a poll that was too soon; the clock does not move.
    public Pace broken() {
        var wider = interval.plus(PENALTY);
        return new Pace(wider.compareTo(INTERVAL_MAX) > 0 ? cap() : wider, lastAccepted);
    }

    /// An interval configured above the cap is not shortened by it.
    private Duration cap() {
        return interval.compareTo(INTERVAL_MAX) > 0 ? interval : INTERVAL_MAX;
    }
}
