package tandem.page;

import java.time.Duration;

/// Durations in words.
public final class Elapsed {

    /// Below this nobody counts.
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private static final int DAYS_OF_A_MONTH = 30;
    private static final int DAYS_OF_A_YEAR = 365;
    private static final int MONTHS_COUNTED_MAX = 24;

    private Elapsed() {}

    /// "40 seconds ago": the largest unit of which there is at least one, rounded down.
    public static Message ago(Duration duration) {
        long days = duration.toDays();
        if (days >= (long) MONTHS_COUNTED_MAX * DAYS_OF_A_MONTH) {
            return Message.counted("ago.years", days / DAYS_OF_A_YEAR);
        }
        if (days >= 2 * DAYS_OF_A_MONTH) {
            return Message.counted("ago.months", days / DAYS_OF_A_MONTH);
        }
        if (days > 0) {
            return Message.counted("ago.days", days);
        }
        if (duration.toHours() > 0) {
            return Message.counted("ago.hours", duration.toHours());
        }
        if (duration.toMinutes() > 0) {
            return Message.counted("ago.minutes", duration.toMinutes());
        }
        return duration.compareTo(MOMENT) < 0
                ? Message.of("ago.moment")
                : Message.counted("ago.seconds", duration.toSeconds());
    }

    /// "30 days": the largest unit that says it exactly, since it is a promise.
    public static Message span(Duration duration) {
        if (duration.toHours() > 0 && Duration.ofDays(duration.toDays()).equals(duration)) {
            return Message.counted("span.days", duration.toDays());
        }
        if (duration.toHours() > 0 && Duration.ofHours(duration.toHours()).equals(duration)) {
            return Message.counted("span.hours", duration.toHours());
        }
        if (duration.toMinutes() > 0) {
            return Message.counted("span.minutes", roundedUpToMinutes(duration));
        }
        return Message.counted("span.seconds", duration.toSeconds());
    }

    private static long roundedUpToMinutes(Duration duration) {
        return duration.plusMinutes(1).minusNanos(1).toMinutes();
    }
}
