package tandem.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser at one server: keeps its cookies, and can sign somebody in at the test provider.
final class Surfer {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HOPS_MAX = 20;

    private final Map<String, String> cookies = new LinkedHashMap<>();

    Map<String, String> cookies() {
        return cookies;
    }

    HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET());
    }

    /// Posts a form of names and values in turn.
    HttpResponse<String> post(URI uri, String... form) {
        var body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(form[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
        }
        return send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    /// Signs in at the provider as whoever is named, and consents; a new browser for each trip.
    ///
    /// @return where the provider then sends the browser
    static URI signsIn(URI authorization, String login, String callback) {
        var surfer = new Surfer();
        var at = surfer.get(authorization);
        for (int hops = 0; hops < HOPS_MAX; hops++) {
            if (at.statusCode() == 200) {
                var action = at.uri().resolve(first(at, "<form[^>]* action=\"([^\"]+)\""));
                at =
                        at.body().contains("name=\"login\"")
                                ? surfer.post(
                                        action, "prompt", "login", "login", login, "password", "x")
                                : surfer.post(action, "prompt", "consent");
            }
            var location = location(at);
            if (location.toString().startsWith(callback)) {
                return location;
            }
            at = surfer.get(location);
        }
        throw new IllegalStateException("the provider leads nowhere");
    }

    /// Cancels at the provider instead.
    static URI cancels(URI authorization, String callback) {
        var surfer = new Surfer();
        var page = surfer.get(location(surfer.get(authorization)).normalize());
        var at = surfer.get(page.uri().resolve(first(page, "<a href=\"([^\"]+/abort)\"")));
        while (!location(at).toString().startsWith(callback)) {
            at = surfer.get(location(at));
        }
        return location(at);
    }

    static URI location(HttpResponse<String> answer) {
        var header = answer.headers().firstValue("Location");
        return answer.uri()
                .resolve(
                        header.orElseThrow(() ->
                                new AssertionError(answer.statusCode() + " " + answer.body())));
    }

    static String first(HttpResponse<String> page, String pattern) {
        var found = Pattern.compile(pattern).matcher(page.body());
        if (!found.find()) {
            throw new AssertionError("no " + pattern + " in " + page.body());
        }
        return found.group(1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(c -> c.getKey() + "=" + c.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            var answer = CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            for (var header : answer.headers().allValues("Set-Cookie")) {
                var pair = header.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for a server", e);
        }
    }
}
