package tandem.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a command prints, and what may be drawn there.
///
/// @param interactive whether a person looks at it, rather than a file or another program
/// @param control whether control characters (colour, redrawing a line) may be sent
/// @param palette256 whether colours that no theme changes are at hand
record Terminal(
        PrintStream out,
        boolean interactive,
        boolean control,
        boolean palette256,
        int columns,
        int rows) {

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;
    private static final int PROBE_SECONDS = 2;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

    /// Anything that could move the cursor, hide text or turn its direction.
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}]");

    private static final int LONGEST_TEXT = 300;

    private record Size(int rows, int columns) {}

    private static final Size UNKNOWN = new Size(0, 0);

    static Terminal probe(Map<String, String> environment, PrintStream out) {
        Optional<Size> found = isWindows() ? consoleSize() : posixSize();
        Size size = found.orElse(UNKNOWN);
        return of(environment, out, found.isPresent(), size.columns(), size.rows());
    }

    /// Fills in what is usual where the size is unknown, that is zero.
    static Terminal of(
            Map<String, String> environment,
            PrintStream out,
            boolean interactive,
            int columns,
            int rows) {
        String term = environment.getOrDefault("TERM", "");
        boolean plain =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || term.equals("dumb")
                        || (term.isEmpty() && !environment.containsKey("WT_SESSION"));
        boolean palette256 =
                term.contains("256color")
                        || !environment.getOrDefault("COLORTERM", "").isEmpty()
                        || environment.containsKey("WT_SESSION");
        return new Terminal(
                out,
                interactive,
                interactive && !plain,
                palette256,
                columns > 0 ? columns : USUAL_COLUMNS,
                rows > 0 ? rows : USUAL_ROWS);
    }

    /// Whether block characters arrive as such.
    boolean blocks() {
        Charset charset = out.charset();
        return charset.canEncode() && charset.newEncoder().canEncode('▀');
    }

    void line(String text) {
        out.println(text);
    }

    String bold(String text) {
        return control ? "\033[1m" + text + "\033[0m" : text;
    }

    /// What a server said, made fit to print: it must not be able to drive the terminal.
    static String clean(String text) {
        String printable = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return printable.length() <= LONGEST_TEXT
                ? printable
                : printable.substring(0, LONGEST_TEXT) + "...";
    }

    /// The shell is asked, because Java's console wants standard input to be a terminal too, and
    /// does not tell the size. Standard output is handed on as it is; the answer comes by the other
    /// way.
    private static Optional<Size> posixSize() {
        ProcessBuilder probe =
                new ProcessBuilder(
                        List.of(
                                "sh",
                                "-c",
                                "test -t 1 && { stty size </dev/tty || echo 0 0; } >&2"));
        probe.redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            Process process = probe.start();
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String told =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(told.substring(told.stripTrailing().lastIndexOf('\n') + 1));
            return process.exitValue() == 0 && size.matches()
                    ? Optional.of(
                            new Size(
                                    Integer.parseInt(size.group(1)),
                                    Integer.parseInt(size.group(2))))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Size> consoleSize() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).map(_ -> UNKNOWN);
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
