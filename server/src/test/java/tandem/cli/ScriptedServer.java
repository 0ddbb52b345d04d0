package tandem.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A server that answers what the test wrote down, in order, and remembers what it was asked.
final class ScriptedServer implements AutoCloseable {

    /// What arrived.
    record Asked(
            String method,
            String path,
            Map<String, String> form,
            Map<String, String> query,
            Optional<String> authorization) {}

    /// What goes back; a status of 0 breaks the connection off without an answer.
    record Line(int status, String type, Map<String, String> headers, String body) {

        static Line json(int status, String body) {
            return new Line(status, "application/json", Map.of(), body.replace('\'', '"'));
        }

        static Line error(String error) {
            return json(400, "{'error':'%s','error_description':'told so'}".formatted(error));
        }

        static Line html(int status) {
            return new Line(status, "text/html", Map.of(), "<html>Bad day</html>");
        }

        static Line brokenOff() {
            return new Line(0, "", Map.of(), "");
        }

        Line with(String header, String value) {
            return new Line(status, type, Map.of(header, value), body);
        }
    }

    static final String CODES =
            "{'device_code':'dev-secret','user_code':'BCDF-GHJK',"
                    + "'verification_uri':'http://localhost/activate',"
                    + "'verification_uri_complete':'http://localhost/activate?user_code=BCDF-GHJK',"
                    + "'expires_in':600,'interval':5}";

    static final String TOKENS =
            "{'access_token':'at-1','token_type':'Bearer','expires_in':3600,"
                    + "'scope':'openid offline_access','refresh_token':'rt-1'}";

    private final Map<String, Deque<Line>> script = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final int port;
    private Optional<HttpServer> running;

    ScriptedServer() {
        running = Optional.of(listen(0));
        port = running.orElseThrow().getAddress().getPort();
        on("/.well-known/openid-configuration", metadata(issuer()));
    }

    String issuer() {
        return "http://127.0.0.1:" + port;
    }

    Line metadata(String issuer) {
        return Line.json(
                200,
                """
                {'issuer':'%1$s','token_endpoint':'%2$s/token','revocation_endpoint':'%2$s/revoke',
                'device_authorization_endpoint':'%2$s/device'}
                """
                        .formatted(issuer, issuer()));
    }

    /// Replaces what a path answers: these lines, the last of them for ever.
    ScriptedServer on(String path, Line... lines) {
        script.put(path, new ConcurrentLinkedDeque<>(List.of(lines)));
        return this;
    }

    void stop() {
        running.ifPresent(server -> server.stop(0));
        running = Optional.empty();
    }

    void startAgain() {
        running = Optional.of(listen(port));
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(one -> one.path().equals(path)).toList();
    }

    private HttpServer listen(int onPort) {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            server.createContext("/", this::answer);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(
                    new Asked(
                            exchange.getRequestMethod(),
                            path,
                            fields(body),
                            fields(exchange.getRequestURI().getRawQuery()),
                            Optional.ofNullable(
                                    exchange.getRequestHeaders().getFirst("Authorization"))));
            Line line = next(path);
            if (line.status() == 0) {
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", line.type());
            line.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = line.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(line.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Line next(String path) {
        Deque<Line> lines = script.getOrDefault(path, new ConcurrentLinkedDeque<>());
        if (lines.isEmpty()) {
            return Line.html(404);
        }
        return lines.size() == 1 ? lines.getFirst() : lines.removeFirst();
    }

    private static Map<String, String> fields(@Nullable String text) {
        Map<String, String> fields = new HashMap<>();
        for (String field : (text == null ? "" : text).split("&", -1)) {
            String[] parts = field.split("=", 2);
            if (parts.length == 2) {
                fields.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stop();
    }
}
