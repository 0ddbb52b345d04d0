package tandem.app;

import java.util.Locale;

/// Text that others wrote, made fit for a line of a log or of a terminal.
///
/// A line feed would begin a line that nobody logged, an escape would command the terminal, and a
/// bidirectional mark would show one thing for another
/// ([CWE-117](https://cwe.mitre.org/data/definitions/117.html)). They are written out: `\n`,
/// `\u001b`.
final class Printable {

    private static final int QUOTED_MAX = 80;

    private Printable() {}

    static String of(String text) {
        if (text.codePoints().noneMatch(Printable::acts)) {
            return text;
        }
        var plain = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> append(plain, point));
        return plain.toString();
    }

    /// A value as a mistake repeats it: short, and without what stands before an `@`, since that is
    /// where URLs carry their passwords.
    static String quoted(String value) {
        var shown = value;
        int at = value.lastIndexOf('@');
        if (at >= 0) {
            int slashes = value.indexOf("//");
            shown =
                    value.substring(0, slashes < 0 || slashes > at ? 0 : slashes + 2)
                            + "…"
                            + value.substring(at);
        }
        if (shown.length() > QUOTED_MAX) {
            shown = shown.substring(0, QUOTED_MAX) + "…";
        }
        return '"' + of(shown) + '"';
    }

    /// True of a character that does something instead of being seen.
    static boolean acts(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }

    private static void append(StringBuilder plain, int point) {
        if (!acts(point)) {
            plain.appendCodePoint(point);
            return;
        }
        switch (point) {
            case '\n' -> plain.append("\\n");
            case '\r' -> plain.append("\\r");
            case '\t' -> plain.append("\\t");
            default -> {
                for (char unit : Character.toChars(point)) {
                    plain.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        }
    }
}
