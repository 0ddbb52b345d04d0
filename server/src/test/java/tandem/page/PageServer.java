package tandem.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/// Serves the samples on a loopback port: `/en/confirm`, `/de/devices`, `/ar/enter`; Arabic speaks
/// English here, from right to left.
final class PageServer implements AutoCloseable {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'";

    private final Pages pages = Pages.in(Theme.STANDARD);
    private final AtomicReference<String> state = new AtomicReference<>("approved");
    private final HttpServer server;

    PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String language, String sample) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + language + "/" + sample;
    }

    /// What the done page is told of its device.
    void deviceIs(String newState) {
        state.set(newState);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        if (path.startsWith(Assets.ROOT)) {
            pages.assets()
                    .at(path)
                    .ifPresentOrElse(
                            file -> send(exchange, 200, file.contentType(), file.content()),
                            () -> send(exchange, 404, "text/plain", new byte[0]));
        } else if (path.equals("/activate/status")) {
            var json = "{\"state\":\"" + state.get() + "\"}";
            send(exchange, 200, "application/json", json.getBytes(StandardCharsets.UTF_8));
        } else {
            var parts = path.split("/", -1);
            var drawn = pages.draw(Samples.named(parts[2]), texts(parts[1]));
            send(exchange, 200, "text/html; charset=utf-8", drawn);
        }
    }

    private static Texts texts(String language) {
        return Languages.spoken().contains(language)
                ? Texts.load(language)
                : new Texts(Locale.forLanguageTag(language), Texts.load("en").all());
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
