package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.NOW;
import static tandem.store.Records.asked;
import static tandem.store.Records.hash;
import static tandem.store.Records.link;
import static tandem.store.Records.origin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.Access;
import tandem.model.Link;
import tandem.model.RefreshPolicy;
import tandem.oauth.ClientId;

/// Linked devices: one for a device authorization, rotated and ended by one at a time.
class LinksTest extends StoreContract {

    private static final Page ALL = new Page(0, 10);

    private static final int ROUNDS = 100;

    @Test
    void a_link_is_found_as_it_was_added() {
        var link = added(link("usr_ada"));
        assertFound(tx -> tx.links().byId(link.id())).contains(link);
        assertFound(tx -> tx.links().byId("lnk_other")).isEmpty();
    }

    @Test
    void a_link_without_refresh_token_and_api_is_found_as_it_was_added() {
        var full = link("usr_ada");
        var bare =
                new Link(
                        full.id(),
                        full.deviceAuthorization(),
                        full.userId(),
                        full.client(),
                        new Access(full.scopes(), List.of(), Optional.empty()),
                        Optional.empty(),
                        full.authentication(),
                        full.deviceName(),
                        full.first(),
                        full.last(),
                        full.expiresAt(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        added(bare);
        assertFound(tx -> tx.links().byId(bare.id())).contains(bare);
        assertListed(tx -> tx.links().live(Links.Filter.ALL, NOW, ALL)).containsExactly(bare);
    }

    @Test
    void a_device_authorization_has_one_link_only() {
        var asked = asked();
        var first = added(link(asked, "usr_ada"));
        assertThatThrownBy(() -> added(link(asked, "usr_eve")))
                .isInstanceOf(IllegalStateException.class);
        assertListed(tx -> tx.links().live(Links.Filter.ALL, NOW, ALL)).containsExactly(first);
    }

    @Test
    void a_rotation_is_kept() {
        var before = added(link("usr_ada"));
        var next = rotated(before);
        assertThat(is(tx -> tx.links().rotate(before, next))).isTrue();
        assertFound(tx -> tx.links().byId(before.id())).contains(next);
        var after = rotated(next);
        assertThat(is(tx -> tx.links().rotate(next, after))).isTrue();
        assertFound(tx -> tx.links().byId(before.id())).contains(after);
    }

    @Test
    void of_two_rotations_of_one_generation_exactly_one_is_kept() {
        for (int round = 0; round < ROUNDS; round++) {
            var before = added(link("usr_ada"));
            var one = rotated(before);
            var other = rotated(before);
            var kept =
                    AtOnce.of(
                            () -> is(tx -> tx.links().rotate(before, one)),
                            () -> is(tx -> tx.links().rotate(before, other)));
            assertThat(kept).containsExactlyInAnyOrder(true, false);
            assertFound(tx -> tx.links().byId(before.id())).contains(kept.getFirst() ? one : other);
        }
    }

    @Test
    void an_ended_link_is_neither_rotated_nor_ended_again() {
        var link = added(link("usr_ada"));
        assertThat(is(tx -> tx.links().end(link.id(), Link.By.USER, NOW))).isTrue();
        assertThat(is(tx -> tx.links().rotate(link, rotated(link)))).isFalse();
        assertThat(is(tx -> tx.links().end(link.id(), Link.By.REUSE, NOW))).isFalse();
        assertFound(tx -> tx.links().byId(link.id())).contains(link.end(Link.By.USER, NOW));
    }

    @Test
    void everyone_who_can_end_a_link_is_remembered() {
        for (var by : Link.By.values()) {
            var link = added(link("usr_ada"));
            is(tx -> tx.links().end(link.id(), by, NOW));
            assertFound(tx -> tx.links().byId(link.id())).contains(link.end(by, NOW));
        }
    }

    @Test
    void a_device_is_renamed_and_heard_of() {
        var link = added(link("usr_ada"));
        var seen = new Link.Seen(NOW.plusSeconds(77), origin());
        assertThat(is(tx -> tx.links().rename(link.id(), "Kitchen"))).isTrue();
        assertThat(is(tx -> tx.links().rename("lnk_other", "Kitchen"))).isFalse();
        write(tx -> tx.links().seen(link.id(), seen));
        var found = read(tx -> tx.links().byId(link.id())).orElseThrow();
        assertThat(found.deviceName()).isEqualTo("Kitchen");
        assertThat(found.last()).isEqualTo(seen);
        assertThat(found.first()).isEqualTo(link.first());
    }

    @Test
    void live_links_are_listed_by_person_app_and_api_newest_first() {
        var first = added(link("usr_ada"));
        var second = added(link("usr_ada"));
        added(link("usr_eve"));
        var ended = added(link("usr_ada"));
        is(tx -> tx.links().end(ended.id(), Link.By.DEVICE, NOW));
        var adas = Links.Filter.ALL.user("usr_ada");
        assertListed(tx -> tx.links().live(adas, NOW, ALL)).containsExactly(second, first);
        assertListed(tx -> tx.links().live(adas, NOW, new Page(0, 1))).containsExactly(second);
        assertListed(tx -> tx.links().live(adas, NOW, new Page(1, 1))).containsExactly(first);
        var otherApp = adas.client(new ClientId("radio"));
        assertListed(tx -> tx.links().live(otherApp, NOW, ALL)).isEmpty();
        assertCount(tx -> tx.links().countLive(adas, NOW)).isEqualTo(2);
        assertCount(tx -> tx.links().countLive(otherApp, NOW)).isZero();
        assertCount(tx -> tx.links().countLive(Links.Filter.ALL, NOW)).isEqualTo(3);
    }

    @Test
    void a_link_that_ran_out_is_not_live() {
        var link = added(link("usr_ada"));
        var runsOut = link.refresh().orElseThrow().idleUntil();
        assertListed(tx -> tx.links().live(Links.Filter.ALL, runsOut.minusMillis(1), ALL))
                .containsExactly(link);
        assertListed(tx -> tx.links().live(Links.Filter.ALL, runsOut, ALL)).isEmpty();
        var next = rotated(link);
        is(tx -> tx.links().rotate(link, next));
        assertListed(tx -> tx.links().live(Links.Filter.ALL, runsOut, ALL)).containsExactly(next);
        assertListed(tx -> tx.links().live(Links.Filter.ALL, next.expiresAt(), ALL)).isEmpty();
    }

    @Test
    void a_sweep_forgets_links_that_are_long_over_and_no_others() {
        var ended = added(link("usr_ada"));
        var endedToo = added(link("usr_ada"));
        var live = added(link("usr_ada"));
        is(tx -> tx.links().end(ended.id(), Link.By.USER, NOW));
        is(tx -> tx.links().end(endedToo.id(), Link.By.USER, NOW));
        var cutoff = NOW.plusMillis(1);
        assertThat(swept(tx -> tx.links().sweep(NOW, 5))).isZero();
        assertThat(swept(tx -> tx.links().sweep(cutoff, 1))).isOne();
        assertThat(swept(tx -> tx.links().sweep(cutoff, 5))).isOne();
        assertFound(tx -> tx.links().byId(live.id())).contains(live);
        assertThat(swept(tx -> tx.links().sweep(live.overAt().plusMillis(1), 5))).isOne();
    }

    private static Link rotated(Link link) {
        var held = link.refresh().orElseThrow();
        var presented = new Link.Presented(held.generation(), held.current());
        Instant later = held.rotatedAt().plus(Duration.ofDays(1));
        var rotation =
                link.rotate(
                        presented, hash(), RefreshPolicy.STANDARD, new Link.Seen(later, origin()));
        return ((Link.Rotation.Rotated) rotation).next();
    }

    private Link added(Link link) {
        write(tx -> tx.links().add(link));
        return link;
    }
}
