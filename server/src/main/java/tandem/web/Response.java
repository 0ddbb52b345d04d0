package tandem.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One HTTP answer. Unchanging, so that those given often can be made once.
public final class Response {

    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header HTML =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    private static final Header NO_STORE =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    /// Says nothing new to caches of today; [RFC 6749
    /// §5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1) demands it beside the other.
    private static final Header NO_CACHE =
            HeaderValues.createCached(HeaderNames.PRAGMA, "no-cache");

    private static final byte[] NOTHING = {};

    private final int status;
    private final List<Header> headers;
    private final byte[] body;

    private Response(int status, List<Header> headers, byte[] body) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
    }

    /// JSON that no cache keeps.
    public static Response json(int status, byte[] body) {
        return new Response(status, List.of(JSON, NO_STORE, NO_CACHE), body);
    }

    /// JSON that caches may keep; the caller says how long.
    public static Response publicJson(byte[] body) {
        return new Response(200, List.of(JSON), body);
    }

    /// A page; its protecting headers are added by [PageHeaders].
    public static Response html(int status, byte[] body) {
        return new Response(status, List.of(HTML, NO_STORE), body);
    }

    static Response notModified() {
        return new Response(304, List.of(), NOTHING);
    }

    public static Response empty(int status) {
        return new Response(status, List.of(NO_STORE), NOTHING);
    }

    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, List.of(), body).with("Content-Type", contentType);
    }

    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    /// 303: what follows is a GET, and a form's content is never sent on ([RFC 9700
    /// §4.12](https://www.rfc-editor.org/rfc/rfc9700#section-4.12)).
    public static Response seeOther(String location) {
        return empty(303).with("Location", location);
    }

    /// The same answer with one more header.
    public Response with(String name, String value) {
        var more = new ArrayList<Header>(headers);
        more.add(HeaderValues.create(HeaderNames.create(name), value));
        return new Response(status, more, body);
    }

    public int status() {
        return status;
    }

    public byte[] body() {
        return body;
    }

    List<Header> headers() {
        return headers;
    }
}
