package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.LIFETIME;
import static tandem.store.Records.NOW;
import static tandem.store.Records.TV;
import static tandem.store.Records.approval;
import static tandem.store.Records.asked;
import static tandem.store.Records.hash;
import static tandem.store.Records.link;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceAuthorization.State;
import tandem.model.RowId;
import tandem.oauth.ClientId;
import tandem.store.DeviceAuthorizations.Live;

/// Device authorizations: found by either code, changed by one at a time.
class DeviceAuthorizationsTest extends StoreContract {

    private static final Instant END = NOW.plus(LIFETIME);

    private static final int ROUNDS = 100;

    @Test
    void one_that_was_added_is_found_by_its_id_and_by_either_code() {
        var asked = added(asked());
        assertFound(tx -> tx.deviceAuthorizations().byId(asked.id())).contains(asked);
        assertFound(tx -> tx.deviceAuthorizations().byDeviceCode(asked.deviceCode()))
                .contains(asked);
        var candidates = List.of(hash(), asked.userCode());
        assertFound(tx -> tx.deviceAuthorizations().byUserCode(candidates)).contains(asked);
    }

    @Test
    void one_that_was_never_added_is_not_found() {
        var never = asked();
        added(asked());
        assertFound(tx -> tx.deviceAuthorizations().byId(never.id())).isEmpty();
        assertFound(tx -> tx.deviceAuthorizations().byDeviceCode(never.deviceCode())).isEmpty();
        assertFound(tx -> tx.deviceAuthorizations().byUserCode(List.of(never.userCode())))
                .isEmpty();
    }

    @Test
    void a_taken_id_or_user_code_is_refused_and_leaves_the_first_as_it_was() {
        var first = added(asked());
        var other = asked();
        assertThat(add(like(other, first.id().value(), other))).isFalse();
        assertThat(add(like(other, other.id().value(), first))).isFalse();
        assertFound(tx -> tx.deviceAuthorizations().byId(first.id())).contains(first);
        assertThat(add(other)).isTrue();
    }

    /// One with another's codes, as a draw that collides.
    private static DeviceAuthorization like(
            DeviceAuthorization asked, long id, DeviceAuthorization codes) {
        return new DeviceAuthorization(
                new RowId(id),
                hash(),
                codes.userCode(),
                asked.request(),
                asked.askedAt(),
                asked.expiresAt(),
                false,
                0,
                asked.state());
    }

    @Test
    void it_goes_from_pending_to_approved_to_redeemed() {
        var asked = added(asked());
        var approval = approval("usr_ada");
        assertThat(does(tx -> tx.approve(asked.id(), approval, NOW))).isTrue();
        assertThat(state(asked)).isEqualTo(new State.Approved(approval));
        assertThat(does(tx -> tx.redeem(asked.id(), "lnk_1", NOW))).isTrue();
        assertThat(state(asked)).isEqualTo(new State.Redeemed("lnk_1", NOW));
    }

    @Test
    void it_goes_from_pending_to_denied_and_no_further() {
        var asked = added(asked());
        assertThat(does(tx -> tx.deny(asked.id(), NOW))).isTrue();
        assertThat(state(asked)).isEqualTo(new State.Denied(NOW));
        assertThat(does(tx -> tx.approve(asked.id(), approval("usr_ada"), NOW))).isFalse();
        assertThat(does(tx -> tx.redeem(asked.id(), "lnk_1", NOW))).isFalse();
        assertThat(state(asked)).isEqualTo(new State.Denied(NOW));
    }

    @Test
    void an_approved_one_is_neither_denied_nor_approved_again() {
        var asked = added(asked());
        does(tx -> tx.approve(asked.id(), approval("usr_ada"), NOW));
        assertThat(does(tx -> tx.deny(asked.id(), NOW))).isFalse();
        assertThat(does(tx -> tx.approve(asked.id(), approval("usr_eve"), NOW))).isFalse();
        assertThat(state(asked)).isEqualTo(new State.Approved(approval("usr_ada")));
    }

    @Test
    void a_pending_one_is_not_redeemed() {
        var asked = added(asked());
        assertThat(does(tx -> tx.redeem(asked.id(), "lnk_1", NOW))).isFalse();
        assertThat(state(asked)).isEqualTo(new State.Pending());
    }

    @Test
    void a_redeemed_one_is_not_redeemed_again() {
        var asked = added(asked());
        does(tx -> tx.approve(asked.id(), approval("usr_ada"), NOW));
        does(tx -> tx.redeem(asked.id(), "lnk_1", NOW));
        assertThat(does(tx -> tx.redeem(asked.id(), "lnk_2", NOW))).isFalse();
        assertThat(state(asked)).isEqualTo(new State.Redeemed("lnk_1", NOW));
    }

    @Test
    void nothing_is_decided_or_redeemed_from_the_moment_it_expires() {
        var pending = added(asked());
        var approved = added(asked());
        assertThat(does(tx -> tx.approve(approved.id(), approval("usr_ada"), END.minusMillis(1))))
                .isTrue();
        assertThat(does(tx -> tx.approve(pending.id(), approval("usr_ada"), END))).isFalse();
        assertThat(does(tx -> tx.deny(pending.id(), END))).isFalse();
        assertThat(does(tx -> tx.redeem(approved.id(), "lnk_1", END))).isFalse();
        assertThat(does(tx -> tx.redeem(approved.id(), "lnk_1", END.minusMillis(1)))).isTrue();
    }

    @Test
    void of_a_yes_and_a_no_at_once_exactly_one_wins() {
        for (int round = 0; round < ROUNDS; round++) {
            var id = added(asked()).id();
            assertThat(
                            AtOnce.of(
                                    () -> does(tx -> tx.approve(id, approval("usr_ada"), NOW)),
                                    () -> does(tx -> tx.deny(id, NOW))))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void of_a_yes_and_its_expiry_at_once_exactly_one_wins() {
        for (int round = 0; round < ROUNDS; round++) {
            var id = added(asked()).id();
            var early = END.minusMillis(1);
            assertThat(
                            AtOnce.of(
                                    () -> does(tx -> tx.approve(id, approval("usr_ada"), early)),
                                    () -> expires(id)))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    private boolean expires(RowId id) {
        return store.write(tx ->
                tx.deviceAuthorizations().takeExpired(NOW, END, ROUNDS).stream()
                        .anyMatch(taken -> taken.id().equals(id)));
    }

    @Test
    void two_redemptions_at_once_make_one_link() {
        for (int round = 0; round < ROUNDS; round++) {
            var user = "usr_" + round;
            var asked = added(asked());
            does(tx -> tx.approve(asked.id(), approval(user), NOW));
            assertThat(AtOnce.of(() -> redeems(asked, user), () -> redeems(asked, user)))
                    .containsExactlyInAnyOrder(true, false);
            var links = Links.Filter.ALL.user(user);
            assertCount(tx -> tx.links().countLive(links, NOW)).isOne();
        }
    }

    private boolean redeems(DeviceAuthorization asked, String user) {
        return store.write(tx -> {
            var link = link(asked, user);
            if (!tx.deviceAuthorizations().redeem(asked.id(), link.id(), NOW)) {
                return false;
            }
            tx.links().add(link);
            return true;
        });
    }

    @Test
    void the_live_ones_are_handed_over_without_the_expired_ones() {
        var pending = added(asked());
        var denied = added(asked());
        var told = added(asked());
        added(asked(NOW.minus(LIFETIME)));
        does(tx -> tx.deny(denied.id(), NOW));
        does(tx -> tx.tellExpiry(told.id()));
        var live = new ArrayList<Live>();
        read(tx -> {
            tx.deviceAuthorizations().forEachLive(NOW, live::add);
            return true;
        });
        assertThat(live)
                .containsExactlyInAnyOrder(
                        live(pending, true), live(denied, false), live(told, false));
    }

    private static Live live(DeviceAuthorization asked, boolean pending) {
        return new Live(asked.deviceCode(), asked.client(), asked.expiresAt(), pending);
    }

    @Test
    void the_live_ones_are_counted_by_client() {
        added(asked());
        added(asked());
        added(asked(NOW.minus(LIFETIME)));
        Map<ClientId, Long> counted = read(tx -> tx.deviceAuthorizations().countLive(NOW));
        assertThat(counted).containsExactly(Map.entry(TV, 2L));
    }

    @Test
    void those_that_expired_undecided_are_taken_once_and_a_few_at_a_time() {
        var first = added(asked(NOW.minus(LIFETIME).minusSeconds(2)));
        var second = added(asked(NOW.minus(LIFETIME).minusSeconds(1)));
        var third = added(asked(NOW.minus(LIFETIME)));
        var denied = added(asked(NOW.minus(LIFETIME)));
        does(tx -> tx.deny(denied.id(), NOW.minusSeconds(1)));
        added(asked(NOW.minus(LIFETIME).plusMillis(1)));
        assertThat(taken(2)).containsExactlyInAnyOrder(first.id(), second.id());
        assertThat(taken(2)).containsExactly(third.id());
        assertThat(taken(2)).isEmpty();
    }

    @Test
    void those_that_expired_are_looked_for_where_the_last_slice_ended() {
        var first = added(asked(NOW.minus(LIFETIME).minusSeconds(2)));
        var second = added(asked(NOW.minus(LIFETIME).minusSeconds(1)));
        var from = second.expiresAt();
        assertThat(taken(from, 9)).containsExactly(second.id());
        assertThat(taken(9)).containsExactly(first.id());
    }

    private List<RowId> taken(int limit) {
        return taken(Instant.EPOCH, limit);
    }

    private List<RowId> taken(Instant from, int limit) {
        return store.write(tx ->
                tx.deviceAuthorizations().takeExpired(from, NOW, limit).stream()
                        .map(DeviceAuthorization::id)
                        .toList());
    }

    @Test
    void once_its_expiry_is_told_it_goes_no_further_by_any_clock() {
        var pending = added(asked());
        var approved = added(asked());
        var redeemed = added(asked());
        does(tx -> tx.approve(approved.id(), approval("usr_ada"), NOW));
        does(tx -> tx.approve(redeemed.id(), approval("usr_ada"), NOW));
        does(tx -> tx.redeem(redeemed.id(), "lnk_1", NOW));
        assertThat(does(tx -> tx.tellExpiry(pending.id()))).as("worth an event").isTrue();
        assertThat(does(tx -> tx.tellExpiry(pending.id()))).as("told before").isFalse();
        assertThat(does(tx -> tx.tellExpiry(approved.id()))).as("decided").isFalse();
        assertThat(does(tx -> tx.tellExpiry(redeemed.id()))).as("spent").isFalse();
        assertThat(does(tx -> tx.approve(pending.id(), approval("usr_ada"), NOW))).isFalse();
        assertThat(does(tx -> tx.deny(pending.id(), NOW))).isFalse();
        assertThat(does(tx -> tx.redeem(approved.id(), "lnk_2", NOW))).isFalse();
        assertThat(found(pending, approved, redeemed))
                .extracting(DeviceAuthorization::expiryTold)
                .containsExactly(true, true, false);
        assertThat(
                        store.<List<DeviceAuthorization>>write(
                                tx -> tx.deviceAuthorizations().takeExpired(NOW, END, 9)))
                .isEmpty();
    }

    @Test
    void a_sweep_forgets_the_oldest_ones_up_to_its_limit() {
        var oldest = added(asked(NOW.minusSeconds(3)));
        var older = added(asked(NOW.minusSeconds(2)));
        var old = added(asked(NOW.minusSeconds(1)));
        var kept = added(asked());
        assertThat(swept(Instant.EPOCH, 2))
                .containsExactlyInAnyOrder(oldest.expiresAt(), older.expiresAt());
        assertThat(found(oldest, older, old, kept)).containsExactly(old, kept);
        assertThat(swept(old.expiresAt().plusMillis(1), 2)).isEmpty();
        assertThat(swept(old.expiresAt(), 2)).containsExactly(old.expiresAt());
        assertThat(found(oldest, older, old, kept)).containsExactly(kept);
    }

    private List<Instant> swept(Instant from, int limit) {
        return store.write(tx -> tx.deviceAuthorizations().sweep(from, END, limit));
    }

    private List<DeviceAuthorization> found(DeviceAuthorization... those) {
        return read(tx ->
                List.of(those).stream()
                        .flatMap(a -> tx.deviceAuthorizations().byId(a.id()).stream())
                        .toList());
    }

    @Test
    void one_that_is_no_longer_pending_cannot_be_added() {
        var pending = added(asked());
        does(tx -> tx.deny(pending.id(), NOW));
        var denied = read(tx -> tx.deviceAuthorizations().byId(pending.id())).orElseThrow();
        assertThatThrownBy(() -> add(denied)).isInstanceOf(IllegalArgumentException.class);
    }

    private DeviceAuthorization added(DeviceAuthorization asked) {
        assertThat(add(asked)).isTrue();
        return asked;
    }

    private boolean add(DeviceAuthorization asked) {
        return store.write(tx -> tx.deviceAuthorizations().add(asked));
    }

    private boolean does(Predicate<DeviceAuthorizations> change) {
        return is(tx -> change.test(tx.deviceAuthorizations()));
    }

    private State state(DeviceAuthorization asked) {
        return read(tx -> tx.deviceAuthorizations().byId(asked.id())).orElseThrow().state();
    }
}
