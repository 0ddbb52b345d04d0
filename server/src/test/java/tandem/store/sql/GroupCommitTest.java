package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.NOW;
import static tandem.store.Records.asked;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.store.StoreUnavailable;

/// Many writes to a commit, and what bounds their waiting.
class GroupCommitTest {

    private static final int QUEUE = 50;

    @TempDir Path directory;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private SqlStore open(Duration waitMax) {
        var limits = new StoreLimits(QUEUE, QUEUE, waitMax, 2);
        return SqlStore.open("sqlite:" + directory.resolve("t.db"), List.of(), limits);
    }

    @AfterEach
    void letGo() {
        goOn.countDown();
        threads.close();
    }

    @Test
    void all_that_wait_share_one_commit() throws Exception {
        try (var store = open(Duration.ofMinutes(1))) {
            var _ = occupy(store);
            var answers = writes(store, QUEUE);
            long before = store.commits();
            goOn.countDown();
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(store.commits() - before).isBetween(1L, 2L);
        }
    }

    @Test
    void an_answer_waits_for_the_commit_of_its_batch() throws Exception {
        try (var store = open(Duration.ofMinutes(1))) {
            var _ = occupy(store);
            var quick = writes(store, 1).getFirst();
            var inside = new CountDownLatch(1);
            var end = new CountDownLatch(1);
            var slow = threads.submit(() -> store.write(tx -> holds(inside, end)));
            awaitQueued(store, 2);
            goOn.countDown();
            inside.await();
            assertThat(quick.isDone()).isFalse();
            end.countDown();
            assertThat(quick.get()).isTrue();
            assertThat(slow.get()).isTrue();
        }
    }

    @Test
    void one_more_than_may_wait_is_refused_at_once() throws Exception {
        try (var store = open(Duration.ofMinutes(1))) {
            var _ = occupy(store);
            var waiting = writes(store, QUEUE);
            assertThatThrownBy(() -> store.write(tx -> true)).isInstanceOf(StoreUnavailable.class);
            goOn.countDown();
            for (var one : waiting) {
                assertThat(one.get()).isTrue();
            }
            assertThat(store.<Boolean>write(tx -> true)).isTrue();
        }
    }

    @Test
    void one_that_waits_too_long_is_refused_and_never_done() throws Exception {
        try (var store = open(Duration.ofMillis(300))) {
            var _ = occupy(store);
            var late = asked();
            assertThatThrownBy(() -> store.write(tx -> tx.deviceAuthorizations().add(late)))
                    .isInstanceOf(StoreUnavailable.class);
            goOn.countDown();
            store.write(tx -> true);
            var found = store.read(tx -> tx.deviceAuthorizations().byId(late.id()).isPresent());
            assertThat(found).isFalse();
        }
    }

    @Test
    void one_that_has_begun_is_waited_for_beyond_its_bound() throws Exception {
        try (var store = open(Duration.ofMillis(300))) {
            var occupying = occupy(store);
            assertThatThrownBy(() -> occupying.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);
            goOn.countDown();
            assertThat(occupying.get()).isTrue();
        }
    }

    @Test
    void closing_commits_what_waits() throws Exception {
        var store = open(Duration.ofMinutes(1));
        var _ = occupy(store);
        var waiting = asked();
        var answer =
                threads.submit(() -> store.write(tx -> tx.deviceAuthorizations().add(waiting)));
        awaitQueued(store, 1);
        goOn.countDown();
        store.close();
        assertThat(answer.get()).isTrue();
        try (var again = open(Duration.ofMinutes(1))) {
            var there = again.read(tx -> tx.deviceAuthorizations().byId(waiting.id()).isPresent());
            assertThat(there).isTrue();
        }
    }

    @Test
    void an_interrupted_caller_withdraws_what_has_not_begun() throws Exception {
        try (var store = open(Duration.ofMinutes(1))) {
            var _ = occupy(store);
            var asked = asked();
            var caller =
                    Thread.ofVirtual()
                            .unstarted(
                                    () -> store.write(tx -> tx.deviceAuthorizations().add(asked)));
            caller.setUncaughtExceptionHandler((thread, refused) -> {});
            caller.start();
            awaitQueued(store, 1);
            caller.interrupt();
            caller.join();
            goOn.countDown();
            store.write(tx -> true);
            var there = store.read(tx -> tx.deviceAuthorizations().byId(asked.id()).isPresent());
            assertThat(there).isFalse();
        }
    }

    /// Keeps the writer busy until the test lets it go on.
    private Future<Boolean> occupy(SqlStore store) throws InterruptedException {
        var occupying = threads.submit(() -> store.write(tx -> holds(running, goOn)));
        running.await();
        return occupying;
    }

    private static boolean holds(CountDownLatch inside, CountDownLatch end) {
        inside.countDown();
        try {
            return end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Future<Boolean>> writes(SqlStore store, int count) {
        var answers = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < count; i++) {
            var asked = asked(NOW);
            answers.add(
                    threads.submit(() -> store.write(tx -> tx.deviceAuthorizations().add(asked))));
        }
        awaitQueued(store, count);
        return answers;
    }

    private static void awaitQueued(SqlStore store, int count) {
        while (store.waiting() < count) {
            Thread.onSpinWait();
        }
    }
}
