package tandem.app;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One event as a JSON object on one line.
///
/// Logback escapes what JSON demands, and no more; what else may command a terminal (DEL, C1,
/// bidirectional marks) stands in strings only, and so can be escaped afterwards.
final class JsonLine extends JsonEncoder {

    JsonLine() {
        setWithContext(false);
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithMessage(false);
        setWithArguments(false);
        setWithMDC(false);
        setWithFormattedMessage(true);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var encoded = super.encode(event);
        var text = new String(encoded, StandardCharsets.UTF_8);
        if (text.stripTrailing().codePoints().noneMatch(Printable::acts)) {
            return encoded;
        }
        var escaped = new StringBuilder(text.length() + 16);
        text.stripTrailing().codePoints().forEach(point -> append(escaped, point));
        return escaped.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void append(StringBuilder escaped, int point) {
        if (!Printable.acts(point)) {
            escaped.appendCodePoint(point);
            return;
        }
        for (char unit : Character.toChars(point)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
    }
}
