package tandem.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tandem.model.Origin;

/// One HTTP request, read whole.
public final class Request {

    private static final Pattern WAIT =
            Pattern.compile("(?i)wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;|$)");
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";

    private final String method;
    private final String path;
    private final String rawQuery;
    private final Headers headers;
    private final byte[] body;
    private final String address;
    private final Map<String, String> pathValues;
    private final Places.Place place;

    /// @param place this request's, among those that are answered at once
    Request(
            String method,
            String path,
            String rawQuery,
            Headers headers,
            byte[] body,
            String address,
            Map<String, String> pathValues,
            Places.Place place) {
        this.method = method;
        this.path = path;
        this.rawQuery = rawQuery;
        this.headers = headers;
        this.body = body;
        this.address = address;
        this.pathValues = pathValues;
        this.place = place;
    }

    public String method() {
        return method;
    }

    /// The path as sent, not decoded: two spellings of a path are two paths, and only one exists.
    public String path() {
        return path;
    }

    /// A part of the path that its route left open, decoded.
    public String pathValue(String name) {
        var value = pathValues.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no part named " + name);
        }
        return value;
    }

    Request with(Map<String, String> values) {
        return new Request(method, path, rawQuery, headers, body, address, values, place);
    }

    /// The query's parameters; empty when the query is malformed.
    public Optional<Form> query() {
        return rawQuery.isEmpty()
                ? Optional.of(Form.EMPTY)
                : Form.parse(rawQuery.getBytes(StandardCharsets.UTF_8));
    }

    /// The body's parameters; empty when it is no well-formed form in UTF-8.
    public Optional<Form> form() {
        return header("Content-Type").filter(Request::isForm).flatMap(type -> Form.parse(body));
    }

    /// The same from a JSON object of texts.
    public Optional<Form> jsonForm() {
        return header("Content-Type").filter(Request::isJson).flatMap(type -> Form.ofJson(body));
    }

    /// The body as it came, at most [HttpServer#BODY_MAX] bytes.
    public byte[] body() {
        return body;
    }

    public Optional<String> header(String name) {
        return headers.first(HeaderNames.create(name));
    }

    /// How often a header is given; most may be given once only.
    public List<String> headers(String name) {
        var found = new ArrayList<String>();
        var header = HeaderNames.create(name);
        if (headers.contains(header)) {
            found.addAll(headers.get(header).allValues());
        }
        return found;
    }

    /// The value of a cookie. When one name is sent twice the first counts, which browsers take
    /// from the longest path.
    public Optional<String> cookie(String name) {
        for (var header : headers("Cookie")) {
            for (var pair : header.split(";", -1)) {
                var stripped = pair.strip();
                if (stripped.startsWith(name + "=")) {
                    return Optional.of(stripped.substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    /// How long the client would rather wait than be answered at once; zero where it says nothing,
    /// or nothing that can be read. [RFC 7240
    /// §4.3](https://www.rfc-editor.org/rfc/rfc7240#section-4.3)
    public Duration wait(Duration most) {
        for (var header : headers("Prefer")) {
            for (var preference : header.split(",", -1)) {
                var found = WAIT.matcher(preference.strip());
                if (found.lookingAt()) {
                    var seconds = Duration.ofSeconds(Long.parseLong(found.group(1)));
                    return seconds.compareTo(most) > 0 ? most : seconds;
                }
            }
        }
        return Duration.ZERO;
    }

    /// Waits for something without holding a place among the requests that are answered at once.
    public <T> T aside(Supplier<T> waiting) {
        return place.aside(waiting);
    }

    /// How long it waited so.
    long asideNanos() {
        return place.asideNanos();
    }

    /// The client's address: the peer's, or the one a trusted proxy names.
    public String address() {
        return address;
    }

    public Origin origin() {
        return new Origin(address, header("User-Agent").orElse(""));
    }

    private static boolean isJson(String contentType) {
        int semicolon = contentType.indexOf(';');
        var type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().equalsIgnoreCase("application/json");
    }

    private static boolean isForm(String contentType) {
        int semicolon = contentType.indexOf(';');
        var type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        if (!type.strip().equalsIgnoreCase(FORM_TYPE)) {
            return false;
        }
        if (semicolon < 0) {
            return true;
        }
        for (var parameter : contentType.substring(semicolon + 1).split(";", -1)) {
            var text = parameter.strip().toLowerCase(Locale.ROOT).replace("\"", "");
            if (text.startsWith("charset=") && !text.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }
}
