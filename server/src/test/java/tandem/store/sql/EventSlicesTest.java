package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.store.Records.NOW;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.store.AtOnce;
import tandem.store.Events;
import tandem.store.Page;
import tandem.store.TestPostgresql;

/// PostgreSQL keeps events in slices of thirty days, and drops a slice whole.
class EventSlicesTest {

    private static final Duration SLICE = Duration.ofDays(30);

    /// Far beyond the first slice, which ends within sixty days of when these tests run.
    private static final Instant LATER = NOW.plus(Duration.ofDays(36_500));

    private final String url = TestPostgresql.newDatabase();

    private SqlStore open() {
        return SqlStore.open(url, List.of(), StoreLimits.STANDARD);
    }

    private Connection another() throws SQLException {
        return DriverManager.getConnection(TestPostgresql.jdbc(url));
    }

    private void run(String sql) throws SQLException {
        try (var connection = another();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void madeByVersion(String version) throws PostgresqlAddress.Malformed {
        var source = new Postgresql(PostgresqlAddress.parse(url)).source();
        Migrations.flyway(source, Postgresql.FOLDER, Postgresql.COLUMN_TYPES)
                .target(version)
                .load()
                .migrate();
    }

    private static void tell(SqlStore store, Instant... times) {
        for (var at : times) {
            store.write(tx -> {
                tx.events().add(Event.of(EventType.KEY_ROTATED, at, Event.About.NOTHING));
                return true;
            });
        }
        TestPostgresql.awaitStream(store);
    }

    private static int sweep(SqlStore store, Instant now, Instant cutoff) {
        return store.write(tx -> tx.events().sweep(now, cutoff, 2));
    }

    private static List<Instant> stream(SqlStore store) {
        return store.read(tx -> tx.events().after(0, Events.Filter.ALL, 99)).stream()
                .map(logged -> logged.event().at())
                .toList();
    }

    private static long slices(SqlStore store) {
        return Long.parseLong(SqlOf.text(store, "SELECT count(*) FROM event_slice"));
    }

    private static String inNoSlice(SqlStore store) {
        return SqlOf.text(store, "SELECT count(*) FROM event_default");
    }

    @Test
    void the_stream_is_read_in_its_order_across_slices() {
        try (var store = open()) {
            sweep(store, LATER, NOW);
            var next = LATER.plus(SLICE);
            tell(store, LATER, NOW, next, LATER, NOW);
            assertThat(inNoSlice(store)).isEqualTo("0");
            assertThat(stream(store)).containsExactly(LATER, NOW, next, LATER, NOW);
            List<Events.Logged> newest =
                    store.read(tx -> tx.events().newest(Events.Filter.ALL, new Page(1, 2)));
            assertThat(newest)
                    .extracting(logged -> logged.event().at())
                    .containsExactly(LATER, next);
        }
    }

    @Test
    void there_is_always_a_slice_for_the_present_and_for_the_next() {
        try (var store = open()) {
            long first = slices(store);
            sweep(store, LATER, NOW);
            sweep(store, LATER, NOW);
            assertThat(slices(store)).isEqualTo(first + 2);
            sweep(store, LATER.plus(SLICE), NOW);
            assertThat(slices(store)).isEqualTo(first + 3);
        }
    }

    @Test
    void a_slice_goes_only_when_all_of_it_is_old() {
        try (var store = open()) {
            sweep(store, LATER, NOW);
            tell(store, NOW, LATER);
            long before = slices(store);
            sweep(store, LATER, NOW.plusSeconds(1));
            assertThat(slices(store)).isEqualTo(before);
            sweep(store, LATER, LATER.plusSeconds(1));
            assertThat(slices(store)).isEqualTo(before - 1);
            assertThat(stream(store)).containsExactly(LATER);
        }
    }

    @Test
    void what_is_in_no_slice_is_forgotten_row_by_row_and_makes_no_sweep_fail() {
        try (var store = open()) {
            tell(store, LATER, LATER, LATER, LATER.plusSeconds(1));
            assertThat(sweep(store, LATER, LATER)).isZero();
            assertThat(inNoSlice(store)).isEqualTo("4");
            assertThat(sweep(store, LATER, LATER.plusSeconds(1))).isEqualTo(2);
            assertThat(sweep(store, LATER, LATER.plusSeconds(1))).isEqualTo(1);
            assertThat(stream(store)).containsExactly(LATER.plusSeconds(1));
        }
    }

    @Test
    void where_somebody_reads_slices_are_made_and_dropped_another_time() throws SQLException {
        try (var store = open();
                var reading = another();
                var statement = reading.createStatement()) {
            tell(store, NOW);
            long before = slices(store);
            reading.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM event");
            sweep(store, LATER, LATER);
            assertThat(slices(store)).isEqualTo(before);
            reading.rollback();
            sweep(store, LATER, LATER);
            assertThat(stream(store)).isEmpty();
        }
    }

    @Test
    void nodes_that_make_slices_at_once_do_not_disturb_each_other() {
        try (var store = open()) {
            for (int round = 0; round < 5; round++) {
                var now = LATER.plus(SLICE.multipliedBy(round * 3L));
                Callable<Integer> sweep = () -> sweep(store, now, NOW);
                assertThat(AtOnce.of(List.of(sweep, sweep, sweep))).containsOnly(0);
            }
        }
    }

    @Test
    void an_older_database_keeps_its_events_as_the_first_slice() throws Exception {
        madeByVersion("4");
        run(
                """
                INSERT INTO event (id, type, happened_at, client, link, details)
                SELECT n, 'key.rotated', n, 'tv', 'lnk_' || n, '{}' FROM generate_series(1, 50) AS n
                """);
        try (var store = open()) {
            assertThat(stream(store)).hasSize(50).isSorted();
            tell(store, NOW);
            assertThat(stream(store)).hasSize(51).last().isEqualTo(NOW);
            assertThat(SqlOf.text(store, "SELECT count(*) FROM event_before")).isEqualTo("51");
        }
    }

    /// Whoever comes after it waits behind it: so it does not wait long, but more often.
    @Test
    void a_change_of_the_tables_gives_way_to_those_who_use_them_and_comes_again() throws Exception {
        madeByVersion("6");
        try (var reading = another();
                var watching = another();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            reading.setAutoCommit(false);
            reading.createStatement().execute("SELECT count(*) FROM event");
            var start = threads.submit(this::open);
            awaitChangeWaits(watching, true);
            awaitChangeWaits(watching, false);
            assertThat(start.isDone()).isFalse();
            reading.rollback();
            try (var store = start.get(30, TimeUnit.SECONDS)) {
                assertThat(slices(store)).isPositive();
            }
        }
    }

    private static void awaitChangeWaits(Connection watching, boolean waits) throws Exception {
        for (int i = 0; i < 1_000 && waits(watching) != waits; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(waits(watching)).isEqualTo(waits);
    }

    private static boolean waits(Connection watching) throws SQLException {
        try (var statement = watching.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
                                WHERE datname = current_database() AND locktype = 'relation' AND NOT granted)
                                """)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /// The statement of version 5, prepared before the tables are changed under it.
    @Test
    void a_node_of_the_release_before_writes_on() throws Exception {
        madeByVersion("5");
        try (var older = another();
                var adding =
                        older.prepareStatement(
                                """
                                INSERT INTO event
                                    (id, type, happened_at, user_id, client, link, device_authorization,
                                     origin_address, origin_agent, details)
                                VALUES
                                    ((SELECT base FROM event_base)
                                        + pg_current_xact_id()::TEXT::BIGINT * 4096 + 0,
                                     'key.rotated', ?, NULL, NULL, NULL, NULL, NULL, NULL, '{}')
                                """)) {
            for (int i = 0; i < 9; i++) {
                add(adding, NOW);
            }
            try (var store = open()) {
                sweep(store, LATER, NOW);
                add(adding, NOW);
                add(adding, LATER);
                tell(store, LATER);
                assertThat(stream(store)).hasSize(12).endsWith(NOW, LATER, LATER);
            }
        }
    }

    private static void add(PreparedStatement adding, Instant at) throws SQLException {
        adding.setLong(1, at.toEpochMilli());
        assertThat(adding.executeUpdate()).isOne();
    }
}
