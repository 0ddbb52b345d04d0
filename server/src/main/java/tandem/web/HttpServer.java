package tandem.web;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tandem.metric.Metric;
import tandem.metric.Metrics;

/// The one place that touches the HTTP library: its bounds, and requests and answers as values.
public final class HttpServer implements AutoCloseable {

    /// Longer than any form or JSON document Tandem reads.
    public static final int BODY_MAX = 64 * 1024;

    /// A request beyond these is told to come back: better than all of them waiting for the store.
    public static final int UNDER_WAY_MAX = 2_048;

    /// Connections beyond these wait until others end.
    public static final int CONNECTIONS_MAX = OpenFiles.connections(20_000);

    private static final int BACKLOG = 1024;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final byte[] NOTHING = {};

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Routes routes;
    private final ClientAddress clients;
    private final Predicate<RuntimeException> unavailable;
    private final RandomGenerator random;
    private final ListenAddress address;
    private final boolean secure;
    private final Places underWay;
    private final Traffic traffic;
    private final LibraryAnswers libraryAnswers;
    private final GuardedHttp1 http1;
    private final WebServer server;
    private volatile boolean draining;
    private volatile int port;

    /// What a listener needs to know.
    ///
    /// @param port 0 for any free one
    /// @param unavailable tells a fault that passes (503) from one that does not (500)
    /// @param underWay how many requests are answered at once
    /// @param connections how many there may be
    /// @param secure whether browsers shall come by https only; also where a proxy speaks it
    /// @param tls plain HTTP without
    public record Settings(
            String host,
            int port,
            ClientAddress clients,
            Predicate<RuntimeException> unavailable,
            Deadlines deadlines,
            int underWay,
            int connections,
            boolean secure,
            Optional<TlsFiles> tls) {

        /// With the standard bounds.
        public Settings(
                String host,
                int port,
                ClientAddress clients,
                Predicate<RuntimeException> unavailable) {
            this(
                    host,
                    port,
                    clients,
                    unavailable,
                    Deadlines.STANDARD,
                    UNDER_WAY_MAX,
                    CONNECTIONS_MAX,
                    false,
                    Optional.empty());
        }

        /// The same, as the world sees it.
        public Settings with(boolean secure, Optional<TlsFiles> tls) {
            return new Settings(
                    host,
                    port,
                    clients,
                    unavailable,
                    deadlines,
                    underWay,
                    connections,
                    secure,
                    tls);
        }

        /// The same, for fewer connections.
        public Settings connections(int most) {
            return new Settings(
                    host, port, clients, unavailable, deadlines, underWay, most, secure, tls);
        }
    }

    private HttpServer(Settings settings, Routes routes, Metrics metrics, RandomGenerator random) {
        this.routes = routes;
        this.clients = settings.clients();
        this.unavailable = settings.unavailable();
        this.random = random;
        this.address = new ListenAddress(settings.host());
        this.secure = settings.secure();
        this.underWay = new Places(settings.underWay());
        this.traffic = new Traffic(metrics);
        this.libraryAnswers = new LibraryAnswers(secure);
        this.http1 = new GuardedHttp1(settings.deadlines(), settings.connections());
        this.server = build(settings);
    }

    /// Starts listening.
    ///
    /// @throws CannotListen when the address cannot be bound
    public static HttpServer start(
            Settings settings, Routes routes, Metrics metrics, RandomGenerator random) {
        new ListenAddress(settings.host()).claim(settings.port());
        var started = new HttpServer(settings, routes, metrics, random);
        started.server.start();
        started.port = started.server.port();
        if (!started.server.isRunning()) {
            started.close();
            throw new CannotListen(
                    settings.host(), settings.port(), new BindException("Address already in use"));
        }
        return started;
    }

    /// Tells how much goes on here.
    public void measure(Metrics metrics) {
        metrics.gauge(Metric.REQUESTS_UNDER_WAY, underWay::taken);
        metrics.gauge(Metric.REQUESTS_UNDER_WAY_MAX, underWay::most);
        metrics.counter(Metric.REQUESTS_SHED, underWay::refused);
        metrics.counter(Metric.REQUESTS_MALFORMED, libraryAnswers::count);
        metrics.gauge(Metric.CONNECTIONS, http1::connections);
        metrics.gauge(Metric.CONNECTIONS_MAX, http1::connectionsMax);
        metrics.counter(Metric.CONNECTIONS_OVERDUE, http1::overdue);
    }

    /// How many connections there are now.
    int connections() {
        return http1.connections();
    }

    public int port() {
        return port;
    }

    /// Whether new connections are taken.
    public boolean listening() {
        return address.answers(port);
    }

    /// From now on each answer is the last one of its connection: the next request goes where a
    /// balancer sends it.
    public void drain() {
        draining = true;
    }

    /// Lets requests under way finish, within a bound.
    @Override
    public void close() {
        drain();
        server.stop();
        http1.close();
    }

    private WebServer build(Settings settings) {
        var direct = DirectHandlers.builder();
        for (var type : DirectHandler.EventType.values()) {
            direct.addHandler(type, libraryAnswers);
        }
        var builder =
                WebServer.builder()
                        .host(settings.host())
                        .port(settings.port())
                        .backlog(BACKLOG)
                        .shutdownHook(false)
                        .shutdownGracePeriod(GRACE)
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(http1)
                        .contentEncoding(
                                ContentEncodingContext.builder()
                                        .contentEncodingsDiscoverServices(false)
                                        .build())
                        .maxPayloadSize(BODY_MAX)
                        .maxTcpConnections(settings.connections())
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .directHandlers(direct.build())
                        .routing(routing ->
                                routing.any(this::handle).error(Throwable.class, this::failed));
        settings.tls().map(TlsFiles::tls).ifPresent(builder::tls);
        return builder.build();
    }

    private void handle(ServerRequest in, ServerResponse out) {
        var request =
                new Request(
                        in.prologue().method().text(),
                        path(in),
                        in.prologue().query().rawValue(),
                        in.headers(),
                        body(in),
                        address(in),
                        Map.of(),
                        underWay.new Place());
        long begin = System.nanoTime();
        var found = routes.find(request.path());
        var response = bounded(found, request);
        long took = System.nanoTime() - begin - request.asideNanos();
        traffic.answered(found.route(), request.method(), response.status(), took);
        send(response, in, out);
    }

    /// [GuardedHttp1] lets no target in that has none.
    private static String path(ServerRequest in) {
        return Target.path(in.prologue().uriPath().rawPath()).orElseThrow();
    }

    /// The place is taken only now that the request is read whole, and given back before the answer
    /// is written: slow clients cannot hold it.
    private Response bounded(Routes.Found found, Request request) {
        if (!underWay.take()) {
            return routes.tell(Fault.UNAVAILABLE, request, "");
        }
        try {
            return answer(found, request);
        } finally {
            underWay.giveBack();
        }
    }

    private Response answer(Routes.Found found, Request request) {
        try {
            return routes.handle(found, request);
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

    /// What even telling of a fault could not catch, such as an `Error`; else the library would
    /// answer in its own words. Its signals that a connection ends do not come here.
    private void failed(ServerRequest in, ServerResponse out, Throwable cause) {
        LOG.error("{} {} failed", in.prologue().method().text(), path(in), cause);
        send(Response.json(Fault.SERVER_ERROR.status(), LibraryAnswers.FAILED), in, out);
    }

    /// The library would send a body after the head of a HEAD's answer, and the client take it for
    /// the next answer ([RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
    private void send(Response response, ServerRequest in, ServerResponse out) {
        out.status(Status.create(response.status()));
        for (var header : response.headers()) {
            out.headers().add(header);
        }
        if (secure) {
            out.headers().add(LibraryAnswers.HTTPS_ONLY);
        }
        if (draining) {
            out.headers().add(HeaderValues.CONNECTION_CLOSE);
        }
        if (in.prologue().method().text().equals("HEAD")) {
            out.headers().contentLength(response.body().length);
            out.send(NOTHING);
        } else {
            out.send(response.body());
        }
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
}
