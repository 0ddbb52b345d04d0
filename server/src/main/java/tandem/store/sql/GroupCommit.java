package tandem.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.model.Registered;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;

/// Many writes, one commit. One thread takes all that wait, runs one after another, commits once
/// and only then lets their callers go on: being durable costs each a share of one sync.
///
/// The thread is a platform thread, since it spends its life in native calls that would hold a
/// virtual thread's carrier; callers may be virtual and wait without holding theirs.
final class GroupCommit implements Writes {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /// Opens the connection that writes.
    @FunctionalInterface
    interface Connect {
        WriteConnection open() throws SQLException;
    }

    private final StoreLimits limits;
    private final Connect connect;
    private final BlockingQueue<QueuedWrite<?>> queue;
    private final QueuedWrite<?> last = new QueuedWrite<>(tx -> true);
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final Thread writer;
    private Optional<WriteConnection> connection;
    private volatile Registered registered;
    private volatile boolean writing;
    private volatile boolean closed;

    GroupCommit(StoreLimits limits, Connect connect) throws SQLException {
        this.limits = limits;
        this.connect = connect;
        this.queue = new ArrayBlockingQueue<>(limits.queueMax());
        var first = connect.open();
        this.connection = Optional.of(first);
        this.registered = first.registered();
        this.writer = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
    }

    GroupCommit start() {
        writer.start();
        return this;
    }

    @Override
    public <R> R write(Function<Tx, R> work) {
        if (Thread.currentThread().equals(writer)) {
            throw new IllegalStateException("a write inside a write would wait for itself");
        }
        var write = new QueuedWrite<>(work);
        if (closed) {
            throw new StoreUnavailable("the store is closed");
        }
        if (!queue.offer(write)) {
            throw new StoreUnavailable("too many writes wait");
        }
        // Closed between the two, it may stand behind the end of the queue: nobody would take it.
        if (closed && write.withdraw()) {
            throw new StoreUnavailable("the store is closed");
        }
        return write.await(limits.waitMax());
    }

    @Override
    public Registered registered() {
        return registered;
    }

    @Override
    public long commits() {
        return commits.get();
    }

    @Override
    public long written() {
        return written.get();
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public int writing() {
        return writing ? 1 : 0;
    }

    @Override
    public int writers() {
        return 1;
    }

    private void run() {
        var batch = new ArrayList<QueuedWrite<?>>(limits.batchMax());
        boolean more = true;
        while (more) {
            more = take(batch);
            if (!batch.isEmpty()) {
                writing = true;
                commit(batch);
                writing = false;
                batch.clear();
            }
        }
        disconnect();
    }

    /// Waits for a write and takes those that wait with it. False when the queue has come to its
    /// end.
    private boolean take(List<QueuedWrite<?>> batch) {
        try {
            var next = Optional.<QueuedWrite<?>>of(queue.take());
            while (next.isPresent()) {
                var write = next.get();
                if (write.equals(last)) {
                    return false;
                }
                if (write.take()) {
                    batch.add(write);
                }
                next =
                        batch.size() < limits.batchMax()
                                ? Optional.ofNullable(queue.poll())
                                : Optional.empty();
            }
            return true;
        } catch (InterruptedException nobodyShould) {
            LOG.warn("the store's writer was interrupted and goes on");
            return true;
        }
    }

    private void commit(List<QueuedWrite<?>> batch) {
        try {
            var open = connection.isPresent() ? connection.get() : connect.open();
            connection = Optional.of(open);
            registered = open.commit(batch, registered);
            commits.incrementAndGet();
            written.addAndGet(batch.size());
        } catch (SQLException | RuntimeException | Error fault) {
            LOG.error("{} writes were not committed", batch.size(), fault);
            disconnect();
            batch.forEach(write -> write.fail(fault));
            return;
        }
        batch.forEach(QueuedWrite::release);
    }

    /// Closing rolls back what is not committed; the next batch connects anew.
    private void disconnect() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException fault) {
            LOG.warn("the connection did not close", fault);
        }
        connection = Optional.empty();
    }

    /// Refuses new writes, commits those that wait, and ends.
    @Override
    public void close() {
        closed = true;
        if (writer.getState() == Thread.State.NEW) {
            disconnect();
        }
        boolean interrupted = false;
        boolean told = false;
        while (writer.isAlive()) {
            try {
                if (!told) {
                    queue.put(last);
                    told = true;
                }
                writer.join();
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
