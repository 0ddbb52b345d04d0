package tandem.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One event as text: time, level, logger, message; below it the stack, indented.
///
/// Every line that is not indented was begun here: whatever a client sent cannot begin one.
final class LogLine extends LayoutBase<ILoggingEvent> {

    private static final int CAUSES_MAX = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(128);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ')
                .append(String.format(Locale.ROOT, "%-5s", event.getLevel()))
                .append(' ')
                .append(simple(event.getLoggerName()))
                .append(' ')
                .append(Printable.of(event.getFormattedMessage()))
                .append('\n');
        var fault = event.getThrowableProxy();
        for (int i = 0; fault != null && i < CAUSES_MAX; i++) {
            append(line, i == 0 ? "" : "caused by ", fault);
            fault = fault.getCause();
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String relation, IThrowableProxy fault) {
        line.append("    ").append(relation).append(fault.getClassName());
        if (fault.getMessage() != null) {
            line.append(": ").append(Printable.of(fault.getMessage()));
        }
        line.append('\n');
        var frames = fault.getStackTraceElementProxyArray();
        for (int i = 0; i < frames.length - fault.getCommonFrames(); i++) {
            line.append("        ").append(frames[i].getSTEAsString()).append('\n');
        }
        for (var suppressed : fault.getSuppressed()) {
            line.append("        besides ")
                    .append(suppressed.getClassName())
                    .append(": ")
                    .append(Printable.of(String.valueOf(suppressed.getMessage())))
                    .append('\n');
        }
    }

    private static String simple(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
