package tandem.web;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// Keeps one connection to its [Deadlines], and remembers that no further request may be read from
/// it.
///
/// The HTTP library waits for bytes as long as it takes. So every read and write goes through here:
/// it says until when it may take, and [ConnectionWatch] interrupts it when it takes longer. An
/// interrupt closes the channel its thread is blocked on. A connection that overstays is closed
/// without a word; whoever is that slow does not wait for one.
final class ConnectionGuard {

    enum Phase {
        IDLE,
        LINE,
        HEADERS,
        BODY,
        LINGER
    }

    /// More than a socket's buffers hold: what was under way when a request was refused.
    private static final int LINGER_MAX = 1 << 20;

    private final HelidonSocket socket;
    private final Deadlines deadlines;

    /// A connection is served by the thread that made it.
    private final Thread owner = Thread.currentThread();

    // These belong to the owner.
    private Phase phase = Phase.LINE;
    private long phaseEnds;
    private boolean closing;
    private boolean refused;

    // These are shared with the watch, and guarded by this.
    private boolean blocked;
    private boolean overdue;
    private boolean awaitsHead;
    private long blockedSince;
    private long blockedUntil;

    ConnectionGuard(HelidonSocket socket, Deadlines deadlines) {
        this.socket = socket;
        this.deadlines = deadlines;
        this.phaseEnds = from(System.nanoTime(), deadlines.head());
    }

    Phase phase() {
        return phase;
    }

    /// Begins a part of the request. The headers go on with the request line's time.
    void enter(Phase next) {
        long now = System.nanoTime();
        phaseEnds =
                switch (next) {
                    case IDLE -> from(now, deadlines.idle());
                    case LINE -> from(now, deadlines.head());
                    case HEADERS -> phaseEnds;
                    case BODY -> from(now, deadlines.body());
                    case LINGER -> from(now, deadlines.linger());
                };
        phase = next;
    }

    /// The answer to the request under way is the last one ([RFC 9112
    /// §9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6)).
    void closeAfterAnswer() {
        closing = true;
    }

    boolean closing() {
        return closing;
    }

    /// The request under way was refused, perhaps before its end: where a next one would begin is
    /// anybody's guess, so none is read.
    void refuse() {
        closing = true;
        refused = true;
    }

    boolean refused() {
        return refused;
    }

    /// The next bytes from the client.
    ///
    /// @throws CloseConnectionException when there will be none, or none in time
    byte[] read() {
        if (refused && phase != Phase.LINGER) {
            throw new CloseConnectionException("nothing is read behind what was refused");
        }
        block(phaseEnds, phase == Phase.IDLE || phase == Phase.LINE || phase == Phase.HEADERS);
        try {
            var bytes = socket.get();
            if (bytes == null) {
                throw new CloseConnectionException("the client is done");
            }
            if (phase == Phase.IDLE) {
                enter(Phase.LINE);
            }
            return bytes;
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("the connection is lost", e);
        } finally {
            unblock();
        }
    }

    /// Runs what writes to the client.
    ///
    /// @throws CloseConnectionException when the client is gone, or does not take it in time
    void write(Runnable writing) {
        block(from(System.nanoTime(), deadlines.write()), false);
        try {
            writing.run();
        } catch (UncheckedIOException e) {
            throw new CloseConnectionException("the connection is lost", e);
        } finally {
            unblock();
        }
    }

    /// Throws away what a refused client still sends, for a moment: closing over unread bytes
    /// resets the connection, and the client would never see why ([RFC 9112
    /// §9.6](https://www.rfc-editor.org/rfc/rfc9112#section-9.6)).
    void linger() {
        enter(Phase.LINGER);
        int left = LINGER_MAX;
        try {
            while (left > 0) {
                left -= read().length;
            }
        } catch (CloseConnectionException e) {
            // Gone or out of time: it is closed now either way.
        }
    }

    /// Closes a TLS connection, whose last word ([RFC 8446
    /// §6.1](https://www.rfc-editor.org/rfc/rfc8446#section-6.1)) is written like any other, and
    /// waits like any other for a client that takes nothing. The library would close without a
    /// deadline.
    void farewell() {
        try {
            write(socket::close);
        } catch (CloseConnectionException e) {
            // Gone or out of time: closed either way.
        }
    }

    private synchronized void block(long until, boolean head) {
        long now = System.nanoTime();
        if (overdue || now - until >= 0) {
            throw new CloseConnectionException("the client is too slow");
        }
        awaitsHead = head;
        blockedSince = now;
        blockedUntil = until;
        blocked = true;
    }

    private synchronized void unblock() {
        blocked = false;
        if (overdue) {
            // Ours, and done its work: what cleans up after the connection may block again.
            Thread.interrupted();
        }
    }

    /// Interrupts the owner if it is blocked for too long; only then, so that no handler is hit.
    ///
    /// @param patience with who sends nothing of a request's head, be it the first or the next
    /// @return whether it has just done so
    synchronized boolean check(long now, Duration patience) {
        boolean late = now - blockedUntil >= 0;
        boolean silent = awaitsHead && now - blockedSince >= patience.toNanos();
        if (!blocked || overdue || !(late || silent)) {
            return false;
        }
        overdue = true;
        owner.interrupt();
        return true;
    }

    private static long from(long now, Duration duration) {
        return now + duration.toNanos();
    }
}
