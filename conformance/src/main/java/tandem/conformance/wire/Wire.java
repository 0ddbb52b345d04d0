package tandem.conformance.wire;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import javax.net.ssl.SSLContext;

/// Ordinary requests, by the JDK's client: HTTP/1.1, no redirects followed, no cookies kept.
public final class Wire implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HttpClient http;
    private final SSLContext trust;

    public Wire(SSLContext trust) {
        this.trust = trust;
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .sslContext(trust)
                        .build();
    }

    public SSLContext trust() {
        return trust;
    }

    public Answer send(Request request) {
        long begin = System.nanoTime();
        try {
            var got = http.send(built(request), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return answer(request, got, Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            throw new Unmet(
                    "an answer to " + request.method() + " " + request.uri(), "none: " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static HttpRequest built(Request request) {
        var body =
                request.body().isEmpty()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8);
        var builder =
                HttpRequest.newBuilder(request.uri())
                        .timeout(PATIENCE)
                        .method(request.method(), body);
        request.headers().forEach(header -> builder.header(header.getKey(), header.getValue()));
        return builder.build();
    }

    private static Answer answer(Request request, HttpResponse<String> got, Duration took) {
        return new Answer(request, got.statusCode(), got.headers().map(), got.body(), took);
    }

    private static String reason(IOException e) {
        var words = new ArrayList<String>();
        for (Throwable at = e; at != null && words.size() < 3; at = at.getCause()) {
            var message = at.getMessage();
            words.add(message == null ? at.getClass().getSimpleName() : message);
        }
        return String.join(": ", words.stream().distinct().toList());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
