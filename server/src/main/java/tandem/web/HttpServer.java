package tandem.web;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that touches the HTTP library: its bounds, and requests and answers as values.
public final class HttpServer implements AutoCloseable {

    /// Longer than any form or JSON document Tandem reads.
    public static final int BODY_MAX = 64 * 1024;

    private static final int REQUEST_LINE_MAX = 8 * 1024;
    private static final int HEADERS_MAX = 16 * 1024;
    private static final int CONNECTIONS_MAX = 20_000;
    private static final int BACKLOG = 1024;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final byte[] MALFORMED =
            ("{\"error\":\"invalid_request\","
                            + "\"error_description\":\"the HTTP request is malformed\"}")
                    .getBytes(StandardCharsets.US_ASCII);

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Routes routes;
    private final ClientAddress clients;
    private final Predicate<RuntimeException> unavailable;
    private final RandomGenerator random;
    private final WebServer server;

    /// What a listener needs to know.
    ///
    /// @param port 0 for any free one
    /// @param unavailable tells a fault that passes (503) from one that does not (500)
    public record Settings(
            String host,
            int port,
            ClientAddress clients,
            Predicate<RuntimeException> unavailable) {}

    private HttpServer(Settings settings, Routes routes, RandomGenerator random) {
        this.routes = routes;
        this.clients = settings.clients();
        this.unavailable = settings.unavailable();
        this.random = random;
        this.server = build(settings);
    }

    /// Starts listening.
    ///
    /// @throws CannotListen when the address cannot be bound
    public static HttpServer start(Settings settings, Routes routes, RandomGenerator random) {
        tryListening(settings);
        var started = new HttpServer(settings, routes, random);
        started.server.start();
        if (!started.server.isRunning()) {
            throw new CannotListen(
                    settings.host(), settings.port(), new BindException("Address already in use"));
        }
        return started;
    }

    /// The library logs a failure to bind and returns as if all were well, so it is tried here
    /// first, where the reason can still be told.
    private static void tryListening(Settings settings) {
        try (var socket = new ServerSocket()) {
            var host = InetAddress.getByName(settings.host());
            socket.bind(new InetSocketAddress(host, settings.port()));
        } catch (IOException e) {
            throw new CannotListen(settings.host(), settings.port(), e);
        }
    }

    public int port() {
        return server.port();
    }

    /// Lets requests under way finish, within a bound.
    @Override
    public void close() {
        server.stop();
    }

    private WebServer build(Settings settings) {
        var direct = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            direct.addHandler(type, HttpServer::malformed);
        }
        var http1 =
                Http1Config.builder()
                        .maxPrologueLength(REQUEST_LINE_MAX)
                        .maxHeadersSize(HEADERS_MAX)
                        .sendKeepAliveHeader(false)
                        .continueImmediately(false)
                        .validateRequestHeaders(true)
                        .validatePath(true)
                        .validatePrologue(true)
                        .build();
        return WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .backlog(BACKLOG)
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(Http1ConnectionSelector.builder().config(http1).build())
                .contentEncoding(
                        ContentEncodingContext.builder()
                                .contentEncodingsDiscoverServices(false)
                                .build())
                .maxPayloadSize(BODY_MAX)
                .maxTcpConnections(CONNECTIONS_MAX)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .directHandlers(direct.build())
                .routing(routing -> routing.any(this::handle))
                .build();
    }

    private void handle(ServerRequest in, ServerResponse out) {
        var path = in.prologue().uriPath().rawPath();
        var request =
                new Request(
                        in.prologue().method().text(),
                        path,
                        in.prologue().query().rawValue(),
                        in.headers(),
                        body(in),
                        address(in),
                        Map.of());
        send(answer(request), out);
    }

    private Response answer(Request request) {
        try {
            return routes.handle(request);
        } catch (RuntimeException e) {
            var id = HexFormat.of().toHexDigits(random.nextLong());
            if (unavailable.test(e)) {
                LOG.warn(
                        "{} {} could not be served, {}: {}",
                        request.method(),
                        request.path(),
                        id,
                        e.getMessage());
                return routes.tell(Fault.UNAVAILABLE, request, id);
            }
            LOG.error("{} {} failed, {}", request.method(), request.path(), id, e);
            return routes.tell(Fault.SERVER_ERROR, request, id);
        }
    }

    private static void send(Response response, ServerResponse out) {
        out.status(Status.create(response.status()));
        for (var header : response.headers()) {
            out.header(header);
        }
        out.send(response.body());
    }

    private static byte[] body(ServerRequest in) {
        if (!in.content().hasEntity()) {
            return new byte[0];
        }
        try (var stream = in.content().inputStream()) {
            return stream.readNBytes(BODY_MAX + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String address(ServerRequest in) {
        var peer = ((InetSocketAddress) in.remotePeer().address()).getAddress();
        var name = HeaderNames.create(FORWARDED_FOR);
        List<String> hops =
                in.headers().contains(name) ? in.headers().get(name).allValues() : List.of();
        return clients.of(peer.getHostAddress(), hops);
    }

    /// What the library refuses by itself is told as an OAuth error, and the connection closed:
    /// after a malformed request nobody knows where the next one begins.
    private static DirectHandler.TransportResponse malformed(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"))
                .header(HeaderValues.CONNECTION_CLOSE)
                .entity(MALFORMED)
                .keepAlive(false)
                .build();
    }
}
