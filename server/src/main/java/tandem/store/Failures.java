package tandem.store;

import java.time.Instant;
import java.util.Optional;
import tandem.oauth.SecretHash;

/// Wrong passwords, and wrong codes by account, as counted against their limits.
///
/// They are kept so that neither a restart nor another node forgets them.
public interface Failures {

    /// Counts one failure in a bucket, named by a keyed hash of what failed.
    void add(SecretHash bucket, Instant at);

    /// How many happened after `since`.
    int count(SecretHash bucket, Instant since);

    /// When the oldest one after `since` happened: when its place becomes free is counted from it.
    Optional<Instant> oldest(SecretHash bucket, Instant since);

    /// Takes one back that was counted at exactly `at`: what was reserved has turned out well.
    void remove(SecretHash bucket, Instant at);

    /// Forgets up to `limit` from before `cutoff`; answers how many.
    int sweep(Instant cutoff, int limit);
}
