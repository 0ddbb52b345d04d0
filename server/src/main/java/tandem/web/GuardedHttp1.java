package tandem.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import tandem.web.ConnectionGuard.Phase;

/// The library's HTTP/1.1, behind deadlines and strict framing: [ConnectionGuard], [StrictReader].
final class GuardedHttp1 implements ServerConnectionSelector, AutoCloseable {

    private static final int REQUEST_LINE_MAX = 8 * 1024;
    private static final int HEADERS_BYTES_MAX = 16 * 1024;
    private static final int HEADERS_MAX = 100;

    private final Deadlines deadlines;
    private final ConnectionWatch watch;
    private final Http1ConnectionSelector http1 =
            Http1ConnectionSelector.builder()
                    .config(
                            Http1Config.builder()
                                    .maxPrologueLength(REQUEST_LINE_MAX)
                                    .maxHeadersSize(HEADERS_BYTES_MAX)
                                    .sendKeepAliveHeader(false)
                                    .continueImmediately(false)
                                    .validateRequestHeaders(true)
                                    .validatePath(true)
                                    .validatePrologue(true)
                                    .addReceiveListener(new Received())
                                    .addSendListener(new Sent())
                                    .build())
                    .build();

    GuardedHttp1(Deadlines deadlines, int connections) {
        this.deadlines = deadlines;
        this.watch = new ConnectionWatch(connections).start();
    }

    /// How many connections there are.
    int connections() {
        return watch.size();
    }

    int connectionsMax() {
        return watch.most();
    }

    /// How many connections were closed for taking too long.
    long overdue() {
        return watch.overdue();
    }

    @Override
    public void close() {
        watch.close();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var guard = new ConnectionGuard(context.serverSocket(), deadlines);
        return new Connection(
                http1.connection(GuardedContext.of(context, guard)),
                guard,
                watch,
                context.serverSocket());
    }

    private record Connection(
            ServerConnection http1,
            ConnectionGuard guard,
            ConnectionWatch watch,
            HelidonSocket socket)
            implements ServerConnection {

        @Override
        public void handle(Limit limit) throws InterruptedException {
            watch.add(guard);
            try {
                http1.handle(limit);
                if (guard.closing()) {
                    // The library returns, instead of throwing, where it refused by itself.
                    guard.refuse();
                }
            } finally {
                if (guard.refused()) {
                    guard.linger();
                }
                if (socket.isSecure()) {
                    guard.farewell();
                }
                watch.remove(guard);
            }
        }

        @Override
        public Duration idleTime() {
            return http1.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http1.close(interrupt);
        }
    }

    private static final class Received implements Http1ConnectionListener {

        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            boolean path = Target.path(prologue.uriPath().rawPath()).isPresent();
            if (!path || prologue.fragment().hasValue()) {
                throw StrictReader.refused(Status.BAD_REQUEST_400, "target");
            }
            guard(context).enter(Phase.HEADERS);
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            int count = 0;
            for (var header : headers) {
                count += header.valueCount();
            }
            if (count > HEADERS_MAX) {
                throw StrictReader.refused(StrictReader.HEAD_TOO_LARGE, "too many headers");
            }
            if (headers.contains(HeaderNames.CONTENT_ENCODING)) {
                throw StrictReader.refused(Status.UNSUPPORTED_MEDIA_TYPE_415, "coded body");
            }
            guard(context).enter(Phase.BODY);
            if (closes(headers)) {
                guard(context).closeAfterAnswer();
            }
        }
    }

    /// The library says that it closes, and then does not.
    private static final class Sent implements Http1ConnectionListener {

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (closes(headers)) {
                guard(context).closeAfterAnswer();
            }
        }

        @Override
        public void status(ConnectionContext context, Status status) {
            if (status.code() == Fault.TOO_LARGE.status()) {
                guard(context).refuse();
            }
        }
    }

    private static ConnectionGuard guard(ConnectionContext context) {
        return ((GuardedContext) context).guard();
    }

    private static boolean closes(Headers headers) {
        return headers.contains(HeaderNames.CONNECTION)
                && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
    }
}
