package tandem.app;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as people write them: a whole number and its unit.
final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern BARE = Pattern.compile("\\d+");

    private Durations() {}

    static Parsed<Duration> parse(String text) {
        var form = FORM.matcher(text);
        if (form.matches()) {
            return Parsed.good(of(Long.parseLong(form.group(1)), form.group(2)));
        }
        return Parsed.bad(
                BARE.matcher(text).matches()
                        ? Printable.quoted(text)
                                + " has no unit; write "
                                + Printable.of(text)
                                + "s for seconds, or ms, m, h, d"
                        : Printable.quoted(text) + " is not a duration, such as 10s, 5m or 1h");
    }

    /// One that is neither shorter nor longer than these.
    static Parsed<Duration> within(Duration least, Duration most, String text) {
        return parse(text)
                .then(duration ->
                        duration.compareTo(least) < 0 || duration.compareTo(most) > 0
                                ? Parsed.bad(
                                        Printable.quoted(text)
                                                + " is not within "
                                                + text(least)
                                                + " to "
                                                + text(most))
                                : Parsed.good(duration));
    }

    /// The shortest spelling.
    static String text(Duration duration) {
        long millis = duration.toMillis();
        for (var unit : new String[] {"d", "h", "m", "s"}) {
            long length = of(1, unit).toMillis();
            if (millis % length == 0) {
                return millis / length + unit;
            }
        }
        return millis + "ms";
    }

    private static Duration of(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> throw new IllegalArgumentException(unit);
        };
    }
}
