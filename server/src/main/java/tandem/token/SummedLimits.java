package tandem.token;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;
import tandem.store.Signal;
import tandem.store.Store;
import tandem.store.Tx;
import tandem.web.Limits;
import tandem.web.Limits.Limit;

/// Limits on what goes wrong, that all nodes count together: each in its own memory, and what stays
/// taken at one it tells the others.
///
/// Whoever goes from node to node has what one node would give them; many requests at once at
/// several nodes gain what is under way before it is heard, once, since it is owed then. Where that
/// is too much, the store counts, too. What goes well is given back and tells nobody. Addresses
/// travel as keyed hashes.
public final class SummedLimits {

    private final Store store;
    private final SecretKeys keys;
    private final Limits limits;
    private final String node;

    public SummedLimits(Store store, SecretKeys keys, Limits limits, RandomGenerator random) {
        this.store = store;
        this.keys = keys;
        this.limits = limits;
        this.node = Long.toHexString(random.nextLong());
        store.listen(this::hear);
    }

    /// As [Limits#exceeded].
    public Optional<Duration> exceeded(Limit limit, String who) {
        return limits.exceeded(limit, hash(limit, who).value());
    }

    /// As [Limits#spent].
    public Optional<Duration> spent(Limit limit, String who) {
        return limits.spent(limit, hash(limit, who).value());
    }

    /// As [Limits#giveBack].
    public void giveBack(Limit limit, String who) {
        limits.giveBack(limit, hash(limit, who).value());
    }

    /// Whether there may be others to tell of this one: where not, that is not worth a transaction.
    boolean tells(Limit limit) {
        return store.shared() && limits.inForce(limit);
    }

    /// Tells the others of one that stays taken.
    public void tell(Tx tx, Limit limit, String who) {
        if (limits.inForce(limit)) {
            tx.tell(new Signal.Counted(node, limit.wire(), hash(limit, who)));
        }
    }

    private void hear(Signal signal) {
        switch (signal) {
            case Signal.Counted(var by, var limit, var who) -> {
                if (!by.equals(node)) {
                    Limit.of(limit).ifPresent(known -> limits.add(known, who.value()));
                }
            }
            case Signal.Decided(_), Signal.KeysChanged(), Signal.Silence() -> {}
        }
    }

    private SecretHash hash(Limit limit, String who) {
        return keys.hash(Purpose.FAILURE, limit.wire() + '/' + who);
    }
}
