package tandem.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How often what was asked of the server, minute by minute.
final class Tally {
    /// What is counted.
    enum Of {
        CODES,
        POLLS,
        SLOW_DOWNS,
        LINKS,
        ROTATIONS,
        REPEATS,
        REUSED,
        RAN_OUT,
        LIVE_CODES,
        UNDECIDED,
        AWAKE
    }

    private static final int MINUTES_OF_DAY = 24 * 60;

    private final int days;
    private final Map<Of, long[]> counts = new EnumMap<>(Of.class);

    Tally(int days) {
        this.days = days;
        for (var what : Of.values()) {
            counts.put(what, new long[days * MINUTES_OF_DAY]);
        }
    }

    void add(Of what, long millis) {
        add(what, millis, 1);
    }

    void add(Of what, long millis, long number) {
        int minute = (int) (millis / 60_000);
        if (millis >= 0 && minute < days * MINUTES_OF_DAY) {
            minutes(what)[minute] += number;
        }
    }

    /// Over all days, the first one included.
    long all(Of what) {
        long sum = 0;
        for (long count : minutes(what)) {
            sum += count;
        }
        return sum;
    }

    /// A second, from the second day on; for what is looked at once a minute, a sixtieth of it.
    Capacity.Load load(Of what) {
        double sum = 0;
        double peak = 0;
        for (int hour = 0; hour < 24; hour++) {
            double inHour = 0;
            for (int day = 1; day < days; day++) {
                for (int minute = 0; minute < 60; minute++) {
                    inHour += of(what, day, hour * 60 + minute);
                }
            }
            sum += inHour;
            peak = Math.max(peak, inHour / (days - 1) / 3600);
        }
        return new Capacity.Load(sum / (days - 1) / 86_400, peak);
    }

    private double of(Of what, int day, int minute) {
        return minutes(what)[day * MINUTES_OF_DAY + minute];
    }

    private long[] minutes(Of what) {
        return Objects.requireNonNull(counts.get(what));
    }

    long inMinute(Of what, int minute) {
        return minutes(what)[minute];
    }
}
