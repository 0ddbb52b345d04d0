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
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A balancer of the simplest kind: it looks at readiness twice a second, keeps connections to the
/// nodes open, gives each request to the next one that is ready, holds it back while none is, and
/// tries nothing twice.
final class Balancer implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration HELD_MAX = Duration.ofSeconds(60);
    private static final List<String> THERE = List.of("Content-Type", "Cookie", "Authorization");
    private static final List<String> BACK = List.of("Content-Type", "Set-Cookie", "Location");

    private final List<TandemProcess> nodes;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Thread looking;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile List<TandemProcess> ready = List.of();

    Balancer(TandemProcess... nodes) throws IOException {
        this.nodes = List.of(nodes);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", this::pass);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        looking = Thread.ofVirtual().start(this::look);
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// How many requests it could not bring to an answer.
    int lost() {
        return lost.get();
    }

    private void look() {
        try {
            while (true) {
                ready = nodes.stream().filter(this::isReady).toList();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private boolean isReady(TandemProcess node) {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(node.management().url("/health/ready")))
                            .timeout(LOOK.multipliedBy(4));
            return client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException down) {
            return false;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var to = "http://127.0.0.1:" + awaitReady().port() + exchange.getRequestURI();
            var request =
                    HttpRequest.newBuilder(URI.create(to))
                            .method(
                                    exchange.getRequestMethod(),
                                    BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()));
            THERE.forEach(name ->
                    exchange.getRequestHeaders()
                            .getOrDefault(name, List.of())
                            .forEach(value -> request.header(name, value)));
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            BACK.forEach(name ->
                    answer.headers()
                            .allValues(name)
                            .forEach(value -> exchange.getResponseHeaders().add(name, value)));
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
        } catch (IOException e) {
            lost.incrementAndGet();
            exchange.sendResponseHeaders(502, -1);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException("interrupted"));
        }
    }

    private TandemProcess awaitReady() throws InterruptedException, IOException {
        long end = System.nanoTime() + HELD_MAX.toNanos();
        while (true) {
            var now = ready;
            if (!now.isEmpty()) {
                return now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
            }
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
