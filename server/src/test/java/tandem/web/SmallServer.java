package tandem.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import tandem.metric.Metrics;

/// A real server with a few routes, for tests of what happens before any endpoint.
final class SmallServer implements AutoCloseable {
    /// As in earnest, but for the last: it must outlast a busy machine.
    static final Deadlines PATIENT =
            new Deadlines(
                    Deadlines.STANDARD.head(),
                    Deadlines.STANDARD.body(),
                    Deadlines.STANDARD.idle(),
                    Deadlines.STANDARD.write(),
                    Duration.ofSeconds(10));

    private static final int CONNECTIONS_MAX = 10_000;
    static final String SECRET = "a secret detail";
    private static final byte[] BIG = "a".repeat(200_000).getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final HttpServer server;

    private SmallServer(
            Deadlines deadlines, int underWay, int connections, Optional<TlsFiles> tls) {
        var routes =
                new Routes()
                        .area("/", OAuthAnswer::tell)
                        .get("/ok", request -> Response.text(200, "ok"))
                        .get("/next", request -> Response.text(200, "next"))
                        .get("/smuggled", request -> Response.text(200, "smuggled"))
                        .get("/echo", request -> Response.text(200, echo(request)))
                        .get("/address", request -> Response.text(200, request.address()))
                        .get("/big", request -> Response.of(200, "text/plain", BIG))
                        .get("/waits", this::waits)
                        .get("/fault", SmallServer::fault)
                        .get("/busy", SmallServer::busy)
                        .get("/error", SmallServer::error)
                        .post("/form", SmallServer::form);
        server =
                HttpServer.start(
                        new HttpServer.Settings(
                                "127.0.0.1",
                                0,
                                new ClientAddress(List.of()),
                                IllegalArgumentException.class::isInstance,
                                deadlines,
                                underWay,
                                connections,
                                tls.isPresent(),
                                tls),
                        routes,
                        new Metrics(),
                        RandomGenerator.getDefault());
    }

    static SmallServer with(Deadlines deadlines) {
        return new SmallServer(
                deadlines, HttpServer.UNDER_WAY_MAX, CONNECTIONS_MAX, Optional.empty());
    }

    static SmallServer with(Deadlines deadlines, TlsFiles tls) {
        return new SmallServer(
                deadlines, HttpServer.UNDER_WAY_MAX, CONNECTIONS_MAX, Optional.of(tls));
    }

    static SmallServer forOneAtATime() {
        return new SmallServer(PATIENT, 1, CONNECTIONS_MAX, Optional.empty());
    }

    static SmallServer forConnections(int most) {
        return new SmallServer(PATIENT, HttpServer.UNDER_WAY_MAX, most, Optional.empty());
    }

    int port() {
        return server.port();
    }

    HttpServer server() {
        return server;
    }

    /// Returns when the handler of `/waits` is at it.
    void awaitWaiting() throws InterruptedException {
        waiting.await();
    }

    /// Lets the handler of `/waits` answer.
    void goOn() {
        mayGoOn.countDown();
    }

    private static String echo(Request request) {
        return request.query().flatMap(query -> query.text("a")).orElse("nothing");
    }

    private static Response form(Request request) {
        return request.form()
                .map(form -> Response.text(200, form.text("a").orElse("no a")))
                .orElseGet(() -> OAuthAnswer.tell(Fault.BAD_REQUEST, request, ""));
    }

    private Response waits(Request request) {
        waiting.countDown();
        try {
            mayGoOn.await();
        } catch (InterruptedException e) {
            return Response.text(200, "interrupted");
        }
        return Response.text(200, "waited");
    }

    private static Response fault(Request request) {
        throw new IllegalStateException(SECRET);
    }

    private static Response busy(Request request) {
        throw new IllegalArgumentException("the store is away");
    }

    private static Response error(Request request) {
        throw new AssertionError(SECRET);
    }

    @Override
    public void close() {
        server.close();
    }
}
