package tandem.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Requests without a server.
public final class TestRequest {
    private TestRequest() {}

    static Request get(String path) {
        return of("GET", path);
    }

    /// One without a body.
    ///
    /// @param headers names and values in turn
    public static Request of(String method, String path, String... headers) {
        return made(method, path, "", "", headers);
    }

    public static Request form(String body, String contentType) {
        return made("POST", "/form", "", body, "Content-Type", contentType);
    }

    static Request query(String query) {
        return made("GET", "/", query, "");
    }

    private static Request made(
            String method, String path, String query, String body, String... headers) {
        var all = WritableHeaders.create();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(HeaderNames.create(headers[i]), headers[i + 1]);
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Request(
                method, path, query, all, bytes, "192.0.2.1", Map.of(), new Places(1).new Place());
    }
}
