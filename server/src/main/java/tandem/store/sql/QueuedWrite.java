package tandem.store.sql;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;

/// One piece of work on its way to the writer, and its answer on the way back.
///
/// Its end is known when it has run, and told when the commit is durable.
final class QueuedWrite<R> {

    private enum Turn {
        WAITING,
        TAKEN,
        WITHDRAWN
    }

    private final Function<Tx, R> work;
    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.WAITING);
    private final CompletableFuture<R> answer = new CompletableFuture<>();
    private Runnable tell = () -> {};
    private @Nullable Throwable thrown;

    QueuedWrite(Function<Tx, R> work) {
        this.work = work;
    }

    /// Claims it for the writer. False when its caller has given up.
    boolean take() {
        return turn.compareAndSet(Turn.WAITING, Turn.TAKEN);
    }

    /// Takes it back from the queue. False when the writer has it already.
    boolean withdraw() {
        return turn.compareAndSet(Turn.WAITING, Turn.WITHDRAWN);
    }

    /// Runs the work. False when it threw: what it did must be rolled back.
    boolean run(Tx tx) {
        try {
            R result = work.apply(tx);
            tell = () -> answer.complete(result);
            return true;
        } catch (JdbiException fault) {
            thrown = new StoreUnavailable("the database refused a statement", fault);
        } catch (RuntimeException | Error own) {
            thrown = own;
        }
        return false;
    }

    /// Lets the caller go on: the commit is durable.
    void release() {
        if (thrown == null) {
            tell.run();
        } else {
            answer.completeExceptionally(thrown);
        }
    }

    /// Lets the caller go on without what it did: there was no commit. What its own work threw is
    /// still the better answer.
    void fail(Throwable cause) {
        answer.completeExceptionally(
                thrown == null
                        ? new StoreUnavailable("the database did not commit", cause)
                        : thrown);
    }

    /// Waits for the answer. Waiting for its turn is bounded; once it runs its end is awaited,
    /// however long the disk takes, because any other answer could be untrue.
    R await(Duration waitMax) {
        try {
            return answer.get(waitMax.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            if (withdraw()) {
                throw new StoreUnavailable("the database is too busy");
            }
            return awaitEnd();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (withdraw()) {
                throw new StoreUnavailable("interrupted while waiting", interrupted);
            }
            return awaitEnd();
        } catch (ExecutionException failed) {
            throw rethrown(failed);
        }
    }

    private R awaitEnd() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw rethrown(failed);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The exception itself, as the work threw it.
    private static RuntimeException rethrown(ExecutionException failed) {
        return switch (failed.getCause()) {
            case RuntimeException own -> own;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(failed);
        };
    }
}
