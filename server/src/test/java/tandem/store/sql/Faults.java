package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Counts the calls to a database and lets one of them fail.
public final class Faults implements Between {

    private Optional<Fault> fault = Optional.empty();
    private int at;
    private boolean onlyCommits;
    private int calls;
    private Optional<Call> struck = Optional.empty();
    private boolean down;

    /// The `n`-th call from now on fails.
    public synchronized void arm(Fault kind, int n) {
        onlyCommits = false;
        fault = Optional.of(kind);
        at = n;
        calls = 0;
        struck = Optional.empty();
    }

    /// The `n`-th commit of a write from now on fails.
    public synchronized void armCommit(Fault kind, int n) {
        arm(kind, n);
        onlyCommits = true;
    }

    /// From now on all is well.
    ///
    /// @return the call that failed; empty when there were not so many
    public synchronized Optional<String> heal() {
        fault = Optional.empty();
        down = false;
        return struck.map(call -> (call.writes() ? "write " : "read ") + call.sql().strip());
    }

    /// Whether the call that failed was the commit of a write, or came right after it.
    public synchronized boolean struckCommit() {
        return struck.filter(Call::ends).isPresent();
    }

    @Override
    public synchronized void connects() throws SQLException {
        if (down) {
            throw Fault.lost();
        }
    }

    @Override
    public <T> T call(Call call, Connection connection, Real<T> real) throws SQLException {
        if (isDown()) {
            Fault.cut(connection);
            throw Fault.lost();
        }
        var now = counted(call);
        return now.isPresent() ? now.get().strike(call, connection, real) : real.run();
    }

    private synchronized boolean isDown() {
        return down;
    }

    private synchronized Optional<Fault> counted(Call call) {
        if (fault.isEmpty()
                || struck.isPresent()
                || !asked(call.thread())
                || (onlyCommits && !call.commits())
                || ++calls != at) {
            return Optional.empty();
        }
        struck = Optional.of(call);
        down = fault.get() == Fault.DOWN;
        return fault;
    }

    /// What the store and the server do by themselves is not the request's.
    private static boolean asked(Thread thread) {
        return !thread.getName().startsWith("store-readers")
                && !thread.getName().startsWith("store-writers")
                && !thread.getName().equals("sweeper");
    }
}
