package tandem.account;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Requests to OpenID providers, with a bound on everything a provider could make long: the wait,
/// the answer, and the way, since a redirect could lead a code and our secret elsewhere.
final class ProviderWire implements HTTPRequestSender, ResourceRetriever {

    /// For one request and its whole answer.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    static final int BODY_MAX = 1024 * 1024;

    /// A JWK set document.
    private static final String JSON = "application/json";

    /// Made when the first provider is asked: most installations have none.
    private static final class Lazy {
        static final HttpClient CLIENT =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
    }

    /// The text of a document that must be there.
    String document(URI uri) throws IOException {
        var request = HttpRequest.newBuilder(uri).header("Accept", JSON).build();
        var answer = exchange(request);
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode() + " at " + uri);
        }
        return answer.body();
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        return new Resource(document(URI.create(url.toString())), JSON);
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        var body = asked.getBody();
        var request =
                HttpRequest.newBuilder(asked.getURI())
                        .header("Accept", JSON)
                        .method(
                                asked.getMethod().name(),
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        asked.getHeaderMap()
                .forEach((name, values) -> values.forEach(v -> request.setHeader(name, v)));
        var answer = exchange(request.build());
        if (answer.statusCode() >= 500) {
            throw new IOException("status " + answer.statusCode() + " at " + asked.getURI());
        }
        var read = new HTTPResponse(answer.statusCode());
        try {
            read.setContentType(answer.headers().firstValue("Content-Type").orElse(JSON));
        } catch (ParseException e) {
            throw new IOException("malformed content type at " + asked.getURI());
        }
        read.setBody(answer.body());
        return read;
    }

    /// The request's own time-out ends with the headers; a body may trickle for ever. So the wait
    /// is bounded here, over both.
    private static HttpResponse<String> exchange(HttpRequest request) throws IOException {
        var text = BodyHandlers.ofString(StandardCharsets.UTF_8);
        var answer = Lazy.CLIENT.sendAsync(request, BodyHandlers.limiting(text, BODY_MAX));
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer in time from " + request.uri());
        } catch (ExecutionException e) {
            throw new IOException("no answer from " + request.uri() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            answer.cancel(true);
        }
    }
}
