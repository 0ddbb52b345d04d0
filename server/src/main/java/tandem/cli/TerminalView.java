package tandem.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A login as a person sees it: address, code, QR code, one quiet line, one line of success.
final class TerminalView implements LoginView {

    private static final String WAITING = "Waiting for you to finish in the browser";

    /// What stands around the QR code on the same screen.
    private static final int OTHER_ROWS = 7;

    private final Terminal terminal;
    private final PrintStream err;
    private final InstantSource clock;
    private final boolean qr;
    private Optional<WaitingLine> waiting = Optional.empty();

    TerminalView(Terminal terminal, PrintStream err, InstantSource clock, boolean qr) {
        this.terminal = terminal;
        this.err = err;
        this.clock = clock;
        this.qr = qr;
    }

    @Override
    public void code(Codes codes) {
        String address = Terminal.clean(codes.verificationUri().toString());
        terminal.line("Open " + terminal.bold(address) + " on your phone or computer");
        terminal.line("and enter " + terminal.bold(Terminal.clean(codes.userCode())));
        terminal.line("");
        qrLines(codes.shortestWay().toString()).ifPresent(this::draw);
        startWaiting(codes);
    }

    private synchronized void startWaiting(Codes codes) {
        if (!terminal.control()) {
            terminal.line("The code is good for " + LoginView.words(codes.lifetime()) + ".");
        }
        WaitingLine line = new WaitingLine(terminal, clock, codes.expiresAt(), WAITING);
        waiting = Optional.of(line);
        line.start();
    }

    private Optional<List<String>> qrLines(String address) {
        if (!qr || !terminal.interactive() || !terminal.blocks()) {
            return Optional.empty();
        }
        return QrBlocks.fitting(address, terminal.columns(), terminal.rows() - OTHER_ROWS)
                .map(blocks ->
                        terminal.control()
                                ? blocks.coloured(terminal.palette256())
                                : blocks.plain());
    }

    private void draw(List<String> lines) {
        lines.forEach(terminal::line);
        terminal.line("");
    }

    @Override
    public void pending(Duration interval) {
        say(WAITING);
    }

    /// Nothing that a person could or should do anything about.
    @Override
    public void slowedDown(Duration interval) {
        say(WAITING);
    }

    @Override
    public void retrying(String reason, Duration wait) {
        say("Trying again: " + Terminal.clean(reason));
    }

    private synchronized void say(String text) {
        waiting.ifPresent(line -> line.say(text));
    }

    @Override
    public void linked(ProfileName name, Profile profile, Tokens tokens) {
        close();
        String who =
                tokens.idToken()
                        .flatMap(IdToken::person)
                        .map(person -> " as " + Terminal.clean(person))
                        .orElse("");
        String command =
                name.text().equals(ProfileName.DEFAULT)
                        ? "tandem token"
                        : "tandem token --profile " + name;
        terminal.line("Connected" + who + ". For an access token, run: " + command);
    }

    @Override
    public void failed(Exit exit, String error, String description) {
        close();
        err.println(
                switch (exit) {
                    case DENIED -> "The request was declined; nothing was connected.";
                    case EXPIRED -> "The code has run out; for a new one, run the command again.";
                    case OK, FAILED, USAGE, LOGIN_NEEDED ->
                            "Not connected (%s): %s"
                                    .formatted(Terminal.clean(error), Terminal.clean(description));
                });
    }

    @Override
    public void interrupted() {
        close();
        err.println("Cancelled.");
    }

    @Override
    public synchronized void close() {
        waiting.ifPresent(WaitingLine::close);
    }
}
