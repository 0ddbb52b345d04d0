package tandem.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A TCP connection's way through a network that can be bad: delay, swallow answers, lead nowhere,
/// or be cut.
public final class Cable implements AutoCloseable {

    /// What becomes of the bytes.
    public enum State {
        GOOD,
        /// Each piece takes a fifth of a second longer.
        SLOW,
        /// Requests arrive; their answers do not.
        SWALLOWING,
        /// Nothing arrives, and nobody is told.
        BLACK_HOLE,
        /// Nothing connects, and what was connected breaks.
        CUT
    }

    private static final long DELAY_NANOS = 200_000_000;

    private final ServerSocket door;
    private final int to;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.GOOD;

    /// @param to the port on this machine that it leads to
    public Cable(int to) {
        this.to = to;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// A connection that lost bytes is of no use afterwards: it breaks when things are good again.
    public void becomes(State next) {
        boolean lossy = state == State.SWALLOWING || state == State.BLACK_HOLE;
        state = next;
        if (next == State.CUT || lossy) {
            open.forEach(Cable::cut);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var near = door.accept();
                open.add(near);
                if (state == State.CUT) {
                    cut(near);
                } else {
                    Thread.ofVirtual().start(() -> connect(near));
                }
            } catch (IOException closed) {
                // The loop's condition tells whether that was meant.
            }
        }
    }

    private void connect(Socket near) {
        var far = new Socket();
        open.add(far);
        try {
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to), 1_000);
            var back = Thread.ofVirtual().start(() -> carry(far, near, true));
            carry(near, far, false);
            back.join();
        } catch (IOException refused) {
            cut(near);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut(near);
            cut(far);
            open.remove(near);
            open.remove(far);
        }
    }

    private void carry(Socket from, Socket into, boolean answers) {
        try (InputStream in = from.getInputStream();
                OutputStream out = into.getOutputStream()) {
            var piece = new byte[16_384];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                var now = state;
                if (now == State.SLOW) {
                    LockSupport.parkNanos(DELAY_NANOS);
                }
                boolean lost =
                        now == State.BLACK_HOLE
                                || now == State.CUT
                                || (now == State.SWALLOWING && answers);
                if (!lost) {
                    out.write(piece, 0, read);
                    out.flush();
                }
            }
        } catch (IOException broken) {
            // Either end may end it.
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Cable::cut);
    }
}
