package tandem.web;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/// What the library refuses by itself, told as an OAuth error; and the connection closed: after a
/// malformed request nobody knows where the next one begins.
final class LibraryAnswers implements DirectHandler {

    /// A year, for this host alone ([RFC 6797](https://www.rfc-editor.org/rfc/rfc6797)).
    static final Header HTTPS_ONLY =
            HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");

    private static final byte[] MALFORMED =
            ("{\"error\":\"invalid_request\","
                            + "\"error_description\":\"the HTTP request is malformed\"}")
                    .getBytes(StandardCharsets.US_ASCII);

    static final byte[] FAILED =
            ("{\"error\":\"server_error\","
                            + "\"error_description\":\"something went wrong here\"}")
                    .getBytes(StandardCharsets.US_ASCII);

    private final boolean secure;
    private final LongAdder count = new LongAdder();

    LibraryAnswers(boolean secure) {
        this.secure = secure;
    }

    /// How many there were.
    long count() {
        return count.sum();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        count.increment();
        var answer =
                TransportResponse.builder()
                        .status(status)
                        .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                        .header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"))
                        .header(HeaderValues.CONNECTION_CLOSE)
                        .entity(status.code() == Fault.SERVER_ERROR.status() ? FAILED : MALFORMED)
                        .keepAlive(false);
        if (secure) {
            answer.header(HTTPS_ONLY);
        }
        return answer.build();
    }
}
