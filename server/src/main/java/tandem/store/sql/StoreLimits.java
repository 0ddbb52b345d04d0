package tandem.store.sql;

import java.time.Duration;

/// What bounds the store.
///
/// @param queueMax how many writes may wait for their turn; one more is refused at once
/// @param batchMax how many writes share one commit
/// @param waitMax how long a write waits for its turn, and a read for a connection
/// @param readers how many reads run at once
public record StoreLimits(int queueMax, int batchMax, Duration waitMax, int readers) {

    public static final StoreLimits STANDARD =
            new StoreLimits(10_000, 256, Duration.ofSeconds(5), 4);
}
