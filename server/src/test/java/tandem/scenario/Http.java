package tandem.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Requests to one server. Follows no redirect, so that a test sees each.
public final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String issuer;
    private final HttpClient client;
    private final List<String> headers = new ArrayList<>();
    private Duration patience = PATIENCE;

    public Http(String issuer) {
        this(issuer, CLIENT);
    }

    /// @param client such as one that trusts a certificate of the test's own
    public Http(String issuer, HttpClient client) {
        this.issuer = issuer;
        this.client = client;
    }

    /// The same server, with one more header on every request.
    public Http with(String name, String value) {
        var more = new Http(issuer, client);
        more.patience = patience;
        more.headers.addAll(headers);
        more.headers.add(name);
        more.headers.add(value);
        return more;
    }

    /// The same server, asked by somebody who waits no longer than this.
    public Http patient(Duration most) {
        var other = new Http(issuer, client);
        other.headers.addAll(headers);
        other.patience = most;
        return other;
    }

    public Http basic(String id, String secret) {
        var pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    public Http bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public String url(String path) {
        return issuer + path;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    /// Posts a form of names and values in turn.
    public Answer post(String path, String... parameters) {
        return send(path, "application/x-www-form-urlencoded", encoded(parameters));
    }

    public Answer send(String path, String contentType, String body) {
        return send(
                request(path)
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
    }

    public Answer json(String method, String path, String json) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json)));
    }

    public Answer method(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()));
    }

    static String encoded(String... parameters) {
        var form = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(parameters[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    private HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(URI.create(issuer + path)).timeout(patience);
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        return builder;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for the server", e);
        }
    }
}
