package tandem.account;

import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import tandem.metric.Metric;
import tandem.metric.Metrics;
import tandem.model.Account.PasswordHash;

/// Passwords: Argon2id, 19 MiB, two passes ([RFC 9106](https://www.rfc-editor.org/rfc/rfc9106), at
/// OWASP's cost).
///
/// One takes some 36 ms of a core, so only two run at once: a flood of sign-ins waits here and
/// slows nothing else.
public final class Passwords {
    /// Longer ones are refused unread.
    public static final int LENGTH_MAX = 1024;

    private static final int AT_ONCE_MAX = 2;
    private static final long PATIENCE_SECONDS = 5;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    /// A hash of the same cost that no password is known to have: checked where there is no
    /// account, so that the answer takes as long.
    private static final PasswordHash NOBODY =
            new PasswordHash(
                    "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                            .formatted(
                                    MEMORY_KIB,
                                    PASSES,
                                    LANES,
                                    zeros(SALT_BYTES),
                                    zeros(HASH_BYTES)));

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore turns = new Semaphore(AT_ONCE_MAX, true);

    private static String zeros(int length) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[length]);
    }

    /// Tells how many are at it.
    public void measure(Metrics metrics) {
        metrics.gauge(Metric.PASSWORDS_HASHING, () -> AT_ONCE_MAX - turns.availablePermits());
        metrics.gauge(Metric.PASSWORDS_HASHING_MAX, () -> AT_ONCE_MAX);
        metrics.gauge(Metric.PASSWORDS_WAITING, turns::getQueueLength);
    }

    public PasswordHash hash(String password) {
        return new PasswordHash(encoder.encode(password));
    }

    /// True when the password is the account's. Without an account it takes as long, and is false.
    ///
    /// @return empty when too many are waiting
    public Optional<Boolean> matches(String password, Optional<PasswordHash> hash) {
        if (password.length() > LENGTH_MAX) {
            return Optional.of(false);
        }
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            boolean right = encoder.matches(password, hash.orElse(NOBODY).value());
            return Optional.of(right && hash.isPresent());
        } finally {
            turns.release();
        }
    }
}
