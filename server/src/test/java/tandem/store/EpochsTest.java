package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.store.Records.NOW;
import static tandem.store.Records.asked;
import static tandem.store.Records.link;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.Epoch;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.model.RefreshPolicy;
import tandem.oauth.SecretHash;

/// Going on from an older copy.
class EpochsTest extends StoreContract {

    private static final SecretHash LATER = SecretHash.sha256("a token the copy knows nothing of");
    private static final SecretHash LATEST = SecretHash.sha256("its successor");

    private Epoch current() {
        return read(tx -> tx.epochs().current());
    }

    private boolean restores(long firstEvent) {
        var before = current();
        return is(tx -> tx.epochs().restore(before, before.restored(0), firstEvent));
    }

    private static Link movedOn(Link link) {
        var presented = new Link.Presented(7, LATER);
        return link.moveOn(presented, LATEST, RefreshPolicy.STANDARD, link.last());
    }

    private static void tell(Tx tx) {
        tx.events().add(Event.of(EventType.ADMIN_CHANGED, NOW, Event.About.NOTHING));
    }

    @Test
    void a_new_database_has_no_name_and_no_start() {
        assertThat(current()).isEqualTo(new Epoch("", 1, 0, Optional.empty()));
    }

    @Test
    void of_two_starts_at_once_one_has_to_look_again() {
        var before = current();
        var next = before.named("dbs_a").started();
        assertThat(is(tx -> tx.epochs().save(before, next))).isTrue();
        assertThat(is(tx -> tx.epochs().save(before, before.named("dbs_b").started()))).isFalse();
        assertThat(is(tx -> tx.epochs().restore(before, before.restored(0), 1))).isFalse();
        assertThat(current()).isEqualTo(new Epoch("dbs_a", 1, 1, Optional.empty()));
    }

    @Test
    void a_restore_forgets_every_device_authorization() {
        var asked = asked();
        write(tx -> tx.deviceAuthorizations().add(asked));
        assertThat(restores(1_000)).isTrue();
        assertFound(tx -> tx.deviceAuthorizations().byId(asked.id())).isEmpty();
        assertThat(current().number()).isEqualTo(2);
    }

    @Test
    void events_go_on_from_the_id_that_is_told() {
        write(EpochsTest::tell);
        restores(471_000_000_000_000_000L);
        write(EpochsTest::tell);
        write(EpochsTest::tell);
        reopen();
        write(EpochsTest::tell);
        var ids = read(tx -> tx.events().newest(Events.Filter.ALL, new Page(0, 3)));
        assertThat(ids)
                .extracting(Events.Logged::id)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates()
                .allMatch(id -> id >= 471_000_000_000_000_000L && id < 471_000_000_010_000_000L);
    }

    @Test
    void only_a_link_from_before_a_restore_moves_on_and_only_once() {
        var old = link("usr_ada");
        write(tx -> tx.links().add(old));
        assertThat(is(tx -> tx.links().moveOn(old, movedOn(old)))).as("no restore yet").isFalse();
        restores(1);
        var young = link("usr_ada");
        write(tx -> tx.links().add(young));
        assertThat(is(tx -> tx.links().behind(young.id()))).isFalse();
        assertThat(is(tx -> tx.links().moveOn(young, movedOn(young)))).isFalse();

        assertThat(is(tx -> tx.links().behind(old.id()))).isTrue();
        assertThat(is(tx -> tx.links().moveOn(old, movedOn(old)))).isTrue();
        assertThat(is(tx -> tx.links().behind(old.id()))).isFalse();
        var after = movedOn(old);
        assertFound(tx -> tx.links().byId(old.id())).contains(after);
        assertThat(is(tx -> tx.links().moveOn(after, movedOn(after)))).isFalse();
    }

    @Test
    void an_ended_link_does_not_move_on() {
        var old = link("usr_ada");
        write(tx -> tx.links().add(old));
        restores(1);
        write(tx -> tx.links().end(old.id(), Link.By.USER, NOW));
        assertThat(is(tx -> tx.links().moveOn(old, movedOn(old)))).isFalse();
    }
}
