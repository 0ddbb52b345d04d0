package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.NOW;
import static tandem.store.Records.account;
import static tandem.store.Records.asked;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.store.AtOnce;
import tandem.store.Events;
import tandem.store.Hold;
import tandem.store.Signal;
import tandem.store.StoreUnavailable;
import tandem.store.TestPostgresql;
import tandem.store.Tx;

/// What is PostgreSQL's alone: its transactions, its time-outs, and other nodes.
class PostgresqlTest {

    private final String url = TestPostgresql.newDatabase();
    private SqlStore store = open();

    private SqlStore open() {
        return SqlStore.open(url, List.of(), StoreLimits.STANDARD);
    }

    @BeforeEach
    void hears() throws InterruptedException {
        awaitHearing(store, 0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void awaitHearing(SqlStore store, int before) throws InterruptedException {
        for (int i = 0; i < 200 && store.hearing() <= before; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(store.hearing()).isGreaterThan(before);
    }

    private Connection another() throws SQLException {
        return DriverManager.getConnection(TestPostgresql.jdbc(url));
    }

    private static boolean is(SqlStore store, Predicate<Tx> change) {
        return store.write(change::test);
    }

    private static boolean tell(Tx tx, EventType type) {
        tx.events().add(Event.of(type, NOW, Event.About.NOTHING));
        return true;
    }

    private static List<Long> numbers(SqlStore store) {
        return store.read(tx -> tx.events().after(0, Events.Filter.ALL, 100)).stream()
                .map(Events.Logged::id)
                .toList();
    }

    @Test
    void every_commit_waits_for_the_disk_whatever_the_database_is_set_to() throws SQLException {
        try (var connection = another();
                var statement = connection.createStatement()) {
            var name = url.substring(url.lastIndexOf('/') + 1);
            for (var setting : List.of("off", "local", "remote_apply")) {
                statement.execute(
                        "ALTER DATABASE " + name + " SET synchronous_commit = " + setting);
                store.close();
                store = open();
                var expected = setting.equals("remote_apply") ? "remote_apply" : "on";
                assertThat(SqlOf.text(store, "SHOW synchronous_commit")).isEqualTo(expected);
            }
        }
    }

    @Test
    void two_nodes_that_begin_at_once_on_an_empty_database_both_serve() {
        for (int round = 0; round < 3; round++) {
            var empty = TestPostgresql.newDatabase();
            Callable<SqlStore> start = () -> SqlStore.open(empty, List.of(), StoreLimits.STANDARD);
            var stores = AtOnce.of(List.of(start, start, start));
            for (var each : stores) {
                assertThat(is(each, tx -> tx.deviceAuthorizations().add(asked()))).isTrue();
                each.close();
            }
        }
    }

    @Test
    void who_reads_the_stream_of_events_misses_none_that_commits_late() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow =
                    threads.submit(() ->
                            store.write(tx -> {
                                tell(tx, EventType.DEVICE_REQUESTED);
                                begun.countDown();
                                return awaited(end);
                            }));
            begun.await();
            store.write(tx -> tell(tx, EventType.DEVICE_APPROVED));
            assertThat(numbers(store)).isEmpty();
            end.countDown();
            assertThat(slow.get()).isTrue();
        }
        TestPostgresql.awaitStream(store);
        assertThat(numbers(store)).hasSize(2).isSorted();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void events_of_one_transaction_keep_their_order() {
        store.write(tx -> {
            tell(tx, EventType.DEVICE_REDEEMED);
            return tell(tx, EventType.LINK_CREATED);
        });
        TestPostgresql.awaitStream(store);
        var types =
                store.read(tx -> tx.events().after(0, Events.Filter.ALL, 9)).stream()
                        .map(logged -> logged.event().type());
        assertThat(types).containsExactly(EventType.DEVICE_REDEEMED, EventType.LINK_CREATED);
    }

    /// As after a dump was read into a new installation, whose transactions count from the
    /// beginning again.
    @Test
    void the_numbers_of_events_go_on_where_the_database_has_moved() throws SQLException {
        long far = 1L << 50;
        try (var connection = another();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO event (id, type, happened_at, details) VALUES (%d, 'key.rotated', 1, '{}')"
                            .formatted(far));
        }
        store.close();
        store = open();
        store.write(tx -> tell(tx, EventType.DEVICE_REQUESTED));
        TestPostgresql.awaitStream(store);
        assertThat(numbers(store)).hasSize(2).first().isEqualTo(far);
        long next = numbers(store).getLast();
        store.close();
        store = open();
        store.write(tx -> tell(tx, EventType.DEVICE_REQUESTED));
        TestPostgresql.awaitStream(store);
        assertThat(numbers(store)).hasSize(3).contains(far, next).isSorted();
    }

    @Test
    void of_two_that_wait_for_each_other_one_runs_again() {
        var first = asked();
        var second = asked();
        store.write(tx ->
                tx.deviceAuthorizations().add(first) && tx.deviceAuthorizations().add(second));
        var both = new CyclicBarrier(2);
        var tries = new ArrayList<String>();
        AtOnce.of(
                () -> store.write(tx -> inTurn(tx, "ab", both, tries)),
                () -> store.write(tx -> inTurn(tx, "ba", both, tries)));
        assertThat(tries).hasSize(3);
    }

    private static boolean inTurn(Tx tx, String order, CyclicBarrier both, List<String> tries) {
        boolean again;
        synchronized (tries) {
            again = tries.contains(order);
            tries.add(order);
        }
        tx.hold(new Hold(order.substring(0, 1)));
        if (!again) {
            try {
                both.await(1, TimeUnit.SECONDS);
            } catch (Exception late) {
                throw new IllegalStateException(late);
            }
        }
        tx.hold(new Hold(order.substring(1)));
        return true;
    }

    @Test
    void what_is_held_is_waited_for_and_let_go_at_the_end() throws Exception {
        var order = new ArrayList<String>();
        var holding = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first =
                    threads.submit(() ->
                            store.write(tx -> {
                                tx.hold(Hold.person("usr_ada"));
                                holding.countDown();
                                awaited(new CountDownLatch(1));
                                return order.add("first");
                            }));
            holding.await();
            store.write(tx -> {
                tx.hold(Hold.person("usr_ada"));
                return order.add("second");
            });
            first.get();
        }
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void a_row_that_another_locks_is_not_waited_for_long() throws SQLException {
        var ada = account("ada@example.com");
        store.write(tx -> tx.accounts().add(ada));
        try (var connection = another();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT * FROM account FOR UPDATE");
            long begun = System.nanoTime();
            assertThatThrownBy(() -> store.write(tx -> tx.accounts().save(ada)))
                    .isInstanceOf(StoreUnavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(5));
        }
        assertThat(is(store, tx -> tx.accounts().save(ada))).isTrue();
    }

    @Test
    void a_broken_connection_costs_nobody_a_request() {
        store.write(tx -> tx.accounts().add(account("ada@example.com")));
        TestPostgresql.administer(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + url.substring(url.lastIndexOf('/') + 1)
                        + "'");
        assertThat(is(store, tx -> tx.accounts().add(account("eve@example.com")))).isTrue();
        assertThat(store.<Long>read(tx -> tx.accounts().count())).isEqualTo(2);
    }

    @Test
    void a_node_hears_what_another_tells_once_it_is_committed() throws Exception {
        var heard = new ArrayList<Signal>();
        try (var other = open()) {
            awaitHearing(other, 0);
            other.listen(heard::add);
            var code = asked().deviceCode();
            assertThatThrownBy(() ->
                            store.write(tx -> {
                                tx.tell(new Signal.KeysChanged());
                                throw new IllegalStateException("after telling");
                            }))
                    .isInstanceOf(IllegalStateException.class);
            store.write(tx -> {
                tx.tell(new Signal.Decided(code));
                return true;
            });
            for (int i = 0; i < 100 && heard.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(heard).containsExactly(new Signal.Decided(code));
        }
    }

    @Test
    void an_address_that_nobody_answers_is_told_at_the_start() {
        assertThatThrownBy(() ->
                        SqlStore.open(
                                "postgresql://ada:hunter2@127.0.0.1:1/t",
                                List.of(),
                                StoreLimits.STANDARD))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageNotContaining("hunter2");
    }
}
