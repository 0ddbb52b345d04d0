package tandem.model;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// An identifier that grows with time, so that rows are appended at the end of their table.
///
/// 41 bits of milliseconds, 22 random ones: two in the same millisecond may collide, so whoever
/// adds a row draws again when its id is taken.
public record RowId(long value) {

    private static final int RANDOM_BITS = 22;

    public static RowId next(Instant now, RandomGenerator random) {
        return new RowId((now.toEpochMilli() << RANDOM_BITS) | random.nextLong(1L << RANDOM_BITS));
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
