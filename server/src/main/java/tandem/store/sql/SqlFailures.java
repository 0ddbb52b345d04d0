package tandem.store.sql;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tandem.oauth.SecretHash;
import tandem.store.Failures;

/// Table `failure`.
final class SqlFailures implements Failures {

    private final Handle handle;

    SqlFailures(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            "INSERT INTO failure (bucket, happened_at) VALUES (:bucket, :happened_at)";

    @Override
    public void add(SecretHash bucket, Instant at) {
        handle.createUpdate(ADD).bind("bucket", bucket).bind("happened_at", at).execute();
    }

    private static final String COUNT =
            "SELECT count(*) FROM failure WHERE bucket = :bucket AND happened_at > :since";

    @Override
    public int count(SecretHash bucket, Instant since) {
        return handle.createQuery(COUNT)
                .bind("bucket", bucket)
                .bind("since", since)
                .mapTo(Integer.class)
                .one();
    }

    private static final String OLDEST =
            """
            SELECT happened_at FROM failure WHERE bucket = :bucket AND happened_at > :since
            ORDER BY happened_at LIMIT 1
            """;

    @Override
    public Optional<Instant> oldest(SecretHash bucket, Instant since) {
        return handle.createQuery(OLDEST)
                .bind("bucket", bucket)
                .bind("since", since)
                .map((row, context) -> Rows.instant(row, "happened_at"))
                .findFirst();
    }

    private static final String REMOVE =
            """
            DELETE FROM failure
            WHERE seq = (
                SELECT seq FROM failure WHERE bucket = :bucket AND happened_at = :happened_at
                ORDER BY seq LIMIT 1)
            """;

    @Override
    public void remove(SecretHash bucket, Instant at) {
        handle.createUpdate(REMOVE).bind("bucket", bucket).bind("happened_at", at).execute();
    }

    private static final String SWEEP =
            """
            DELETE FROM failure
            WHERE seq IN (
                SELECT seq FROM failure WHERE happened_at < :cutoff
                ORDER BY happened_at LIMIT :limit)
            """;

    @Override
    public int sweep(Instant cutoff, int limit) {
        return handle.createUpdate(SWEEP).bind("cutoff", cutoff).bind("limit", limit).execute();
    }
}
