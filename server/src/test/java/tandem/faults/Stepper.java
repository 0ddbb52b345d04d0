package tandem.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.jdbc.PgConnection;
import tandem.scenario.Answer;
import tandem.store.sql.Between;

/// Lets exactly one of several sessions go on at a time, by one statement.
///
/// A session is one request; whatever thread serves it stops before each call to the database. One
/// that waits for a lock has gone on as far as it can, and another is let go on.
final class Stepper implements Between, AutoCloseable {

    private static final long PATIENCE_NANOS = 10_000_000_000L;
    private static final long LOOK_NANOS = 50_000;

    /// One session on its way.
    private static final class Seat {
        private final Actor actor;
        private final Set<String> written = new HashSet<>();
        private Optional<Future<Answer>> answer = Optional.empty();
        private Optional<Op> parked;
        private int backend;
        private boolean granted;

        Seat(Actor actor) {
            this.actor = actor;
            this.parked = Optional.of(Op.begins(actor.name()));
        }

        boolean done() {
            return answer.map(Future::isDone).orElse(false);
        }
    }

    /// A session that is to be.
    record Actor(String name, Callable<Answer> request) {}

    /// Tells which connections wait for a lock that another holds.
    @FunctionalInterface
    interface Locks {
        boolean waits(int backend);
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Thread, Seat> seats = new HashMap<>();
    private List<Seat> all = List.of();
    private Optional<Seat> beginning = Optional.empty();

    /// These sessions, none of which has begun.
    synchronized void begin(List<Actor> actors) {
        seats.clear();
        beginning = Optional.empty();
        all = actors.stream().map(Seat::new).toList();
    }

    /// What each session that can go on would do next.
    synchronized Map<Integer, Op> next() {
        var next = new HashMap<Integer, Op>();
        for (int i = 0; i < all.size(); i++) {
            int index = i;
            all.get(i).parked.ifPresent(op -> next.put(index, op));
        }
        return next;
    }

    /// Lets one session do what it would do next, and waits until it, and everybody whom it kept
    /// waiting, has come as far as it can.
    void step(int index, Locks locks) {
        synchronized (this) {
            var seat = all.get(index);
            seat.parked = Optional.empty();
            seat.granted = true;
            if (seat.answer.isEmpty()) {
                beginning = Optional.of(seat);
                seat.answer = Optional.of(threads.submit(seat.actor.request()));
            }
            notifyAll();
        }
        settle(locks);
    }

    private void settle(Locks locks) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!settled(locks)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("a session neither ended nor stopped nor waits");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean settled(Locks locks) {
        var waiting = new ArrayList<Integer>();
        boolean nobody = true;
        synchronized (this) {
            for (var seat : all) {
                if (seat.answer.isEmpty() || seat.done()) {
                    continue;
                }
                if (seat.parked.isPresent()) {
                    nobody = false;
                } else if (seat.backend == 0) {
                    return false;
                } else {
                    waiting.add(seat.backend);
                }
            }
            nobody &= all.stream().allMatch(seat -> seat.answer.isPresent());
        }
        // Where all wait for each other, the database finds out and ends it.
        return waiting.isEmpty() || (!nobody && waiting.stream().allMatch(locks::waits));
    }

    boolean over() {
        return all.stream().allMatch(Seat::done);
    }

    List<Answer> answers() throws Exception {
        var answers = new ArrayList<Answer>();
        for (var seat : all) {
            answers.add(seat.answer.orElseThrow().get());
        }
        return answers;
    }

    /// From now on nobody is stopped.
    synchronized void letGo() {
        all = List.of();
        seats.values().forEach(seat -> seat.granted = true);
        seats.clear();
        beginning = Optional.empty();
        notifyAll();
    }

    @Override
    public <T> T call(Call call, Connection connection, Real<T> real) throws SQLException {
        var seat = seat(call.thread());
        if (seat.isEmpty() || (!call.writes() && !call.sql().startsWith("SELECT"))) {
            return real.run();
        }
        var mine = seat.get();
        stop(mine, Op.of(call, Set.copyOf(mine.written)));
        synchronized (this) {
            mine.backend = backend(connection);
            mine.written.addAll(Op.of(call, mine.written).writes());
        }
        try {
            return real.run();
        } finally {
            synchronized (this) {
                mine.backend = 0;
                if (call.commits()) {
                    mine.written.clear();
                }
            }
        }
    }

    /// Stops whoever is about to enter a transaction that nobody steps into.
    void enters(boolean write) {
        seat(Thread.currentThread()).ifPresent(mine -> stop(mine, Op.whole(write)));
    }

    private static int backend(Connection connection) {
        return connection instanceof PgConnection postgresql ? postgresql.getBackendPID() : 0;
    }

    /// A thread that serves nobody serves the session that has just begun.
    private synchronized Optional<Seat> seat(Thread thread) {
        var known = Optional.ofNullable(seats.get(thread)).filter(seat -> !seat.done());
        if (known.isPresent() || beginning.isEmpty() || !serves(thread)) {
            return known;
        }
        seats.put(thread, beginning.get());
        var seat = beginning;
        beginning = Optional.empty();
        return seat;
    }

    private static boolean serves(Thread thread) {
        return !thread.getName().startsWith("store-") && !thread.getName().equals("sweeper");
    }

    private synchronized void stop(Seat seat, Op op) {
        seat.granted = false;
        seat.parked = Optional.of(op);
        while (!seat.granted) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        seat.parked = Optional.empty();
    }

    @Override
    public void close() {
        letGo();
        threads.close();
    }
}
