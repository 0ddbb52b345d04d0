package tandem.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tandem.model.Account;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.store.Tx;
import tandem.web.ClientAddress;

/// How many wrong passwords there may be: for an account from one address, from one address, and
/// for an account from everywhere.
///
/// An attempt is counted before the password is looked at, and taken back when it was right: a
/// hundred at once are evaluated no more often than the limit. Counted in the store, so that
/// neither a restart nor another node forgets.
record PasswordAttempts(Store store, SecretKeys keys, InstantSource clock, boolean limited) {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ACCOUNT_AND_ADDRESS_MAX = 10;
    private static final int ADDRESS_MAX = 50;
    private static final int ACCOUNT_MAX = 100;

    /// An attempt that may be made, or may not.
    sealed interface Attempt {
        record Counted(List<SecretHash> buckets, Instant at) implements Attempt {}

        record Throttled(Duration retryAfter) implements Attempt {}
    }

    Attempt begin(String email, String address) {
        if (!limited) {
            return new Attempt.Counted(List.of(), clock.instant());
        }
        var limits = limits(Account.normalEmail(email), ClientAddress.network(address));
        var now = clock.instant();
        // Over a limit nothing is written: the flood that is refused costs a look, not a commit.
        var over = store.read(tx -> exceeded(tx, limits, now));
        return over.<Attempt>map(Attempt.Throttled::new)
                .orElseGet(() -> store.write(tx -> count(tx, limits, now)));
    }

    /// Takes an attempt back: the password was right.
    static void right(Tx tx, Attempt.Counted attempt) {
        attempt.buckets.forEach(bucket -> tx.failures().remove(bucket, attempt.at));
    }

    private static Attempt count(Tx tx, List<FailureLimit> limits, Instant now) {
        limits.forEach(limit -> limit.hold(tx));
        var over = exceeded(tx, limits, now);
        if (over.isPresent()) {
            return new Attempt.Throttled(over.get());
        }
        limits.forEach(limit -> limit.count(tx, now));
        return new Attempt.Counted(limits.stream().map(FailureLimit::bucket).toList(), now);
    }

    private static Optional<Duration> exceeded(Tx tx, List<FailureLimit> limits, Instant now) {
        return limits.stream().flatMap(limit -> limit.wait(tx, now).stream()).findFirst();
    }

    private List<FailureLimit> limits(String email, String network) {
        return List.of(
                new FailureLimit(hash(email + "\n" + network), ACCOUNT_AND_ADDRESS_MAX, QUARTER),
                new FailureLimit(hash("\n" + network), ADDRESS_MAX, QUARTER),
                new FailureLimit(hash(email), ACCOUNT_MAX, HOUR));
    }

    private SecretHash hash(String what) {
        return keys.hash(Purpose.FAILURE, "password/" + what);
    }
}
