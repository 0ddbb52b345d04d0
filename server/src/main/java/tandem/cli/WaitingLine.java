package tandem.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// One line at the foot of the output that says what is waited for and how long it still may take.
///
/// It is redrawn in place once a second by a thread of its own, so it keeps moving while a request
/// is on its way. Everything it ever draws fits one row: a wrapped line could not be taken back.
final class WaitingLine implements AutoCloseable {

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final String ERASE = "\r\033[K";

    private final Terminal terminal;
    private final InstantSource clock;
    private final Instant deadline;
    private final Thread ticker;
    private String text;
    private boolean closed;

    WaitingLine(Terminal terminal, InstantSource clock, Instant deadline, String text) {
        this.terminal = terminal;
        this.clock = clock;
        this.deadline = deadline;
        this.text = text;
        this.ticker = Thread.ofVirtual().name("waiting-line").unstarted(this::tick);
    }

    void start() {
        if (terminal.control()) {
            ticker.start();
        } else {
            terminal.line(text + ".");
        }
    }

    /// Says something else from now on; where nothing can be redrawn, only a change is a new line.
    synchronized void say(String changed) {
        if (closed || text.equals(changed)) {
            return;
        }
        text = changed;
        if (terminal.control()) {
            draw();
        } else {
            terminal.line(text + ".");
        }
    }

    private void tick() {
        try {
            while (true) {
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    draw();
                }
                Thread.sleep(TICK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        String left = ", " + remaining(Duration.between(clock.instant(), deadline)) + " left";
        int room = Math.max(0, terminal.columns() - 1 - left.length());
        String shown = text.length() <= room ? text : text.substring(0, room);
        terminal.out().print(ERASE + shown + left);
        terminal.out().flush();
    }

    static String remaining(Duration left) {
        long seconds = Math.max(0, left.toSeconds());
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    /// Leaves no trace; also called when the process is interrupted, from the JVM's own thread.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ticker.interrupt();
        if (terminal.control()) {
            terminal.out().print(ERASE);
            terminal.out().flush();
        }
    }
}
