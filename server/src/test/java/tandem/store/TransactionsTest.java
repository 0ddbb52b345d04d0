package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.account;
import static tandem.store.Records.asked;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import tandem.model.Account;
import tandem.model.DeviceAuthorization;

/// What a transaction promises, whatever it is about.
class TransactionsTest extends StoreContract {

    private static final int CALLERS = 40;
    private static final int WRITES = 10;

    private static final class Unlucky extends RuntimeException {
        Unlucky(String message) {
            super(message);
        }
    }

    @Test
    void what_a_work_answers_is_answered_also_when_it_is_a_no() {
        var asked = asked();
        assertThat(is(tx -> tx.deviceAuthorizations().add(asked))).isTrue();
        assertThat(is(tx -> tx.deviceAuthorizations().add(asked))).isFalse();
    }

    @Test
    void a_work_that_throws_leaves_nothing_and_its_caller_gets_its_exception() {
        var ada = account("ada@example.com");
        var unlucky = new Unlucky("after the first change");
        assertThatThrownBy(() ->
                        write(tx -> {
                            tx.accounts().add(ada);
                            throw unlucky;
                        }))
                .isSameAs(unlucky);
        assertFound(tx -> tx.accounts().byId(ada.userId())).isEmpty();
    }

    @Test
    void an_error_that_a_work_throws_is_rethrown_too() {
        var error = new AssertionError("inside");
        assertThatThrownBy(() ->
                        write(tx -> {
                            throw error;
                        }))
                .isSameAs(error);
    }

    @Test
    void a_work_reads_what_it_wrote_and_others_only_what_was_committed() {
        var ada = account("ada@example.com");
        boolean own =
                store.write(tx -> {
                    tx.accounts().add(ada);
                    assertFound(other -> other.accounts().byId(ada.userId())).isEmpty();
                    return tx.accounts().byId(ada.userId()).isPresent();
                });
        assertThat(own).isTrue();
        assertFound(tx -> tx.accounts().byId(ada.userId())).contains(ada);
    }

    @Test
    void works_that_throw_do_not_disturb_those_beside_them() {
        var kept = new ArrayList<DeviceAuthorization>();
        var calls = new ArrayList<Callable<Integer>>();
        for (int caller = 0; caller < CALLERS; caller++) {
            var mine = new ArrayList<DeviceAuthorization>();
            for (int i = 0; i < WRITES; i++) {
                mine.add(asked());
            }
            boolean unlucky = caller % 2 == 1;
            if (!unlucky) {
                kept.addAll(mine);
            }
            calls.add(() -> addAll(mine, unlucky));
        }
        var thrown = AtOnce.of(calls).stream().mapToInt(Integer::intValue).sum();
        assertThat(thrown).isEqualTo(CALLERS / 2 * WRITES);
        reopen();
        var found = new ArrayList<DeviceAuthorizations.Live>();
        read(tx -> {
            tx.deviceAuthorizations().forEachLive(Records.NOW, found::add);
            return true;
        });
        assertThat(found)
                .extracting(DeviceAuthorizations.Live::deviceCode)
                .containsExactlyInAnyOrderElementsOf(
                        kept.stream().map(DeviceAuthorization::deviceCode).toList());
    }

    /// Adds each in a transaction of its own; answers how many of them threw.
    private int addAll(List<DeviceAuthorization> mine, boolean unlucky) {
        int thrown = 0;
        for (var asked : mine) {
            try {
                write(tx -> {
                    tx.deviceAuthorizations().add(asked);
                    if (unlucky) {
                        throw new Unlucky("after the change");
                    }
                });
            } catch (Unlucky expected) {
                thrown++;
            }
        }
        return thrown;
    }

    @Test
    void a_read_sees_one_moment_however_long_it_takes() {
        write(tx -> tx.accounts().add(account("ada@example.com")));
        var counts =
                read(tx -> {
                    long before = tx.accounts().count();
                    write(other -> other.accounts().add(account("eve@example.com")));
                    return List.of(before, tx.accounts().count());
                });
        assertThat(counts).containsExactly(1L, 1L);
        assertCount(tx -> tx.accounts().count()).isEqualTo(2);
    }

    @Test
    void an_exception_of_a_read_is_its_callers() {
        var unlucky = new Unlucky("while reading");
        assertThatThrownBy(() ->
                        read(tx -> {
                            throw unlucky;
                        }))
                .isSameAs(unlucky);
    }

    @Test
    void a_write_inside_a_write_is_refused() {
        assertThatThrownBy(() -> write(tx -> write(inner -> inner.accounts().count())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(is(tx -> tx.accounts().add(account("ada@example.com")))).isTrue();
    }

    @Test
    void what_was_acknowledged_is_there_after_a_restart() {
        var added = new ArrayList<Account>();
        for (int i = 0; i < WRITES; i++) {
            var account = account("person" + i + "@example.com");
            write(tx -> tx.accounts().add(account));
            added.add(account);
        }
        reopen();
        assertListed(tx -> tx.accounts().page(new Page(0, WRITES))).isEqualTo(added);
    }

    @Test
    void a_closed_store_is_unavailable() {
        store.close();
        assertThatThrownBy(() -> write(tx -> tx.accounts().count()))
                .isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> read(tx -> tx.accounts().count()))
                .isInstanceOf(StoreUnavailable.class);
    }
}
