package tandem.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tandem.oauth.SecretHash;
import tandem.store.Hold;
import tandem.store.Tx;

/// So many failures within a span of time, and no more: not by many at once, not at several nodes,
/// not after a restart. They are counted in the store.
///
/// A transaction that holds the limit, finds room, tries and counts what failed is alone with that
/// from the first to the last.
///
/// @param bucket what is counted together, as a keyed hash
/// @param max how many there may be
/// @param window in any span as long as this
public record FailureLimit(SecretHash bucket, int max, Duration window) {

    /// Lets no other transaction count the same before this one has ended.
    public void hold(Tx tx) {
        tx.hold(Hold.failures(bucket));
    }

    /// How long until there may be another; empty where there may be one now.
    public Optional<Duration> wait(Tx tx, Instant now) {
        var since = now.minus(window);
        if (tx.failures().count(bucket, since) < max) {
            return Optional.empty();
        }
        var oldest = tx.failures().oldest(bucket, since).orElse(now);
        return Optional.of(Duration.between(now, oldest.plus(window)));
    }

    public void count(Tx tx, Instant now) {
        tx.failures().add(bucket, now);
    }
}
