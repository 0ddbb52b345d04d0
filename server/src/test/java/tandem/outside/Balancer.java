package tandem.outside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A balancer of the simplest kind: it looks at readiness twice a second, keeps connections to the
/// server open, holds requests back while it is not ready, and tries nothing twice.
final class Balancer implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration HELD_MAX = Duration.ofSeconds(60);

    private final String to;
    private final String readiness;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Thread looking;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean ready;

    Balancer(TandemProcess tandem) throws IOException {
        to = "http://127.0.0.1:" + tandem.port();
        readiness = tandem.management().url("/health/ready");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::pass);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        looking = Thread.ofVirtual().start(this::look);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// How many requests it could not bring to an answer.
    int lost() {
        return lost.get();
    }

    private void look() {
        try {
            while (true) {
                ready = isReady();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(readiness)).timeout(LOOK.multipliedBy(4));
            return client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException down) {
            return false;
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            awaitReady();
            var type = exchange.getRequestHeaders().getFirst("Content-Type");
            var request =
                    HttpRequest.newBuilder(URI.create(to + exchange.getRequestURI()))
                            .header("Content-Type", type == null ? "text/plain" : type)
                            .method(
                                    exchange.getRequestMethod(),
                                    BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .build();
            var answer = client.send(request, BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (IOException e) {
            lost.incrementAndGet();
            exchange.sendResponseHeaders(502, -1);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException("interrupted"));
        }
    }

    private void awaitReady() throws InterruptedException, IOException {
        long end = System.nanoTime() + HELD_MAX.toNanos();
        while (!ready) {
            if (System.nanoTime() > end) {
                throw new IOException("not ready for long");
            }
            Thread.sleep(LOOK.dividedBy(5));
        }
    }

    @Override
    public void close() {
        looking.interrupt();
        server.stop(0);
        client.shutdownNow();
    }
}
