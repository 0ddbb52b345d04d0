package tandem.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.Loader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import tandem.metric.Metric;
import tandem.metric.Metrics;

/// Sets logging up in code: reading an XML file for it costs a quarter of a second of every start.
///
/// Logback finds this class by itself (`META-INF/services`). What is logged goes to standard error,
/// since standard output belongs to what a command answers.
public final class Logging extends ContextAwareBase implements Configurator {

    /// An operator's own file, and the tests'.
    private static final String FILE_PROPERTY = "logback.configurationFile";

    private static final String TEST_FILE = "logback-test.xml";
    private static final String TARGET = "System.err";

    /// Says of a listener that failed what [StartFailure] says better, with a page of stack.
    private static final String HTTP_START = "io.helidon.webserver.LoomServer";

    /// What a server logs through; commands write at once.
    private static volatile Optional<LogQueue> served = Optional.empty();

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (hasOwnFile()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setTarget(TARGET);
        appender.setEncoder(encoder(context, LogFormat.TEXT));
        setUp(context, appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Begins logging in this form, and takes in what the JDK and the HTTP library log.
    static void start(LogFormat format) {
        if (!hasOwnFile() && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var queue =
                    new LogQueue(
                            encoder(context, format), new FileOutputStream(FileDescriptor.err));
            setUp(context, queue);
            served = Optional.of(queue);
        }
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        // What Logback would drop is not even handed over.
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
    }

    /// Tells of lines that wait or were lost; where an operator's own file sets logging up, none.
    static void measure(Metrics metrics) {
        var queue = served;
        metrics.gauge(Metric.LOG_WAITING, () -> queue.map(LogQueue::waiting).orElse(0));
        metrics.gauge(Metric.LOG_WAITING_MAX, () -> LogQueue.LINES_MAX);
        metrics.counter(Metric.LOG_DROPPED, () -> queue.map(LogQueue::dropped).orElse(0L));
    }

    /// Writes what still waits, as far as the target takes it.
    static void flush() {
        served.ifPresent(LogQueue::flush);
    }

    private static void setUp(LoggerContext context, Appender<ILoggingEvent> appender) {
        context.reset();
        appender.setContext(context);
        appender.setName("stderr");
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("tandem").setLevel(Level.INFO);
        context.getLogger(HTTP_START).setLevel(Level.OFF);
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        var encoder =
                switch (format) {
                    case TEXT -> text(context);
                    case JSON -> new JsonLine();
                };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        var layout = new LogLine();
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        return encoder;
    }

    private static boolean hasOwnFile() {
        return System.getProperty(FILE_PROPERTY) != null
                || Loader.getResource(TEST_FILE, Logging.class.getClassLoader()) != null;
    }
}
