package tandem.conformance.wire;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as a case puts it.
public record Request(
        String method, URI uri, List<Map.Entry<String, String>> headers, String body) {
    public Request {
        headers = List.copyOf(headers);
    }

    public static Request get(URI uri) {
        return new Request("GET", uri, List.of(), "");
    }

    public static Request post(URI uri, Form form) {
        return post(uri, Form.TYPE, form.encoded());
    }

    public static Request post(URI uri, String type, String body) {
        return new Request("POST", uri, List.of(), body).with("Content-Type", type);
    }

    public Request with(String header, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(header, value));
        return new Request(method, uri, more, body);
    }

    public Request without(String header) {
        var fewer = headers.stream().filter(e -> !e.getKey().equalsIgnoreCase(header)).toList();
        return new Request(method, uri, fewer, body);
    }

    public Request bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public Request by(String otherMethod) {
        return new Request(otherMethod, uri, headers, body);
    }

    public Request to(URI other) {
        return new Request(method, other, headers, body);
    }

    public Optional<String> header(String name) {
        return headers.stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// As a report shows it, without its secrets.
    public String told() {
        var text = new StringBuilder(method).append(' ').append(uri).append('\n');
        headers.forEach(
                e -> text.append(e.getKey()).append(": ").append(e.getValue()).append('\n'));
        if (!body.isEmpty()) {
            text.append('\n').append(body);
        }
        return Veil.over(text.toString());
    }
}
