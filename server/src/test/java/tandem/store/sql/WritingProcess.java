package tandem.store.sql;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import tandem.model.DeviceAuthorization;
import tandem.model.RowId;
import tandem.oauth.SecretHash;
import tandem.store.Records;

/// A process that adds device authorizations and prints the id of each when it is acknowledged,
/// until it is killed.
final class WritingProcess {

    private static final int CALLERS = 16;

    private WritingProcess() {}

    public static void main(String[] arguments) {
        var store = SqlStore.open(arguments[0], List.of(), StoreLimits.STANDARD);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> write(store));
            }
        }
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void write(SqlStore store) {
        while (true) {
            var asked = asked();
            boolean added = store.write(tx -> tx.deviceAuthorizations().add(asked));
            if (added) {
                print(asked.id() + ".\n");
            }
        }
    }

    private static synchronized void print(String line) {
        System.out.print(line);
        System.out.flush();
    }

    /// One with an id and codes that no earlier process has used.
    private static DeviceAuthorization asked() {
        var random = RandomGenerator.getDefault();
        var like = Records.asked(Instant.ofEpochMilli(random.nextLong(1L << 40)));
        return new DeviceAuthorization(
                new RowId(random.nextLong(Long.MAX_VALUE)),
                SecretHash.sha256("device " + random.nextLong()),
                SecretHash.sha256("user " + random.nextLong()),
                like.request(),
                like.askedAt(),
                like.expiresAt(),
                false,
                0,
                like.state());
    }
}
