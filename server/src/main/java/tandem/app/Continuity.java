package tandem.app;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.model.Epoch;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Ids;
import tandem.store.Events;
import tandem.store.Page;
import tandem.store.Store;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;

/// Sees to it, before anything is served, that an older copy of the database brings back neither a
/// spent code nor a person's session ([ADR 14](docs/adr/0014-an-epoch-for-older-copies.md)).
final class Continuity {

    /// Each try that fails is another node's that succeeded.
    private static final int TRIES_MAX = 20;

    /// In bits. An id has at most 18 digits, which lasts until the year 2090.
    private static final int IDS_OF_A_MILLISECOND = 18;

    private static final Logger LOG = LoggerFactory.getLogger(Continuity.class);

    private final Store store;
    private final Watermark watermark;
    private final InstantSource clock;
    private final RandomGenerator random;

    Continuity(Store store, Watermark watermark, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.watermark = watermark;
        this.clock = clock;
        this.random = random;
    }

    /// Takes the database into service: as it was left, or as the older copy that it is.
    Epoch begin() {
        return take(false);
    }

    /// The same where the operator says that it is an older copy.
    Epoch restored() {
        return take(true);
    }

    private Epoch take(boolean told) {
        var name = Ids.DATABASE.random(random);
        var database = store.read(tx -> tx.epochs().current()).named(name).database();
        long seen = seen(database);
        for (int i = 0; i < TRIES_MAX; i++) {
            var taken = store.write(tx -> step(tx, database, seen, told));
            if (taken.isPresent()) {
                remember(taken.get());
                return taken.get();
            }
        }
        throw new StoreUnavailable("other nodes start all the time; start this one again");
    }

    private Optional<Epoch> step(Tx tx, String database, long seen, boolean told) {
        var before = tx.epochs().current();
        var named = before.named(database);
        if (!told && !named.older(seen)) {
            var next = named.started();
            return tx.epochs().save(before, next) ? Optional.of(next) : Optional.empty();
        }
        var next = named.restored(seen);
        if (!tx.epochs().restore(before, next, firstEvent(tx))) {
            return Optional.empty();
        }
        tell(tx, before, next);
        return Optional.of(next);
    }

    /// An id made of the time, since nobody knows how many events were read that this copy has
    /// lost. Ids are used up far slower: PostgreSQL takes 4,096 for each transaction, so that would
    /// be 64,000 a second from one restore to the next.
    private long firstEvent(Tx tx) {
        long newest =
                tx.events().newest(Events.Filter.ALL, new Page(0, 1)).stream()
                        .mapToLong(Events.Logged::id)
                        .findFirst()
                        .orElse(0);
        return Math.max(newest + 1, clock.millis() << IDS_OF_A_MILLISECOND);
    }

    private void tell(Tx tx, Epoch before, Epoch next) {
        var copied = before.copiedAt().map(Instant::toString).orElse("unknown");
        var details = Map.of("epoch", Long.toString(next.number()), "copied_at", copied);
        tx.events()
                .add(
                        new Event(
                                EventType.ADMIN_RESTORED,
                                clock.instant(),
                                Event.About.NOTHING,
                                details));
        LOG.warn(
                "The database is an older copy (made at {}) and goes on as epoch {}: all codes and"
                        + " browser sessions have ended, and what was unlinked since is linked again;"
                        + " see docs/operations.md",
                copied,
                next.number());
    }

    private long seen(String database) {
        try {
            return watermark.seen(database);
        } catch (IOException e) {
            LOG.warn("cannot read {}: {}", watermark.file(), e.toString());
            return 0;
        }
    }

    /// Where the key lies in a place that cannot be written, older files put in place are simply
    /// not known; copies made by `backup` are.
    private void remember(Epoch epoch) {
        try {
            watermark.raise(epoch.database(), epoch.starts());
        } catch (IOException e) {
            LOG.info("cannot write {}: {}", watermark.file(), e.toString());
        }
    }
}
