package tandem.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A request as inputs write it: a line with method and target, headers, an empty line, a body.
/// Where it ends is put right, so that what is fed is the endpoint; the raw bytes of HTTP have a
/// target of their own.
///
/// `{name}` stands for something that must be fresh, such as a code.
record Asked(String method, String target, List<String> headers, String body, Set<String> names) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,10}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,40}:.*");
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]{1,20})\\}");
    private static final Set<String> FRAMING =
            Set.of(
                    "content-length",
                    "transfer-encoding",
                    "connection",
                    "expect",
                    "upgrade",
                    "host",
                    "http2-settings");

    static Asked read(byte[] input) {
        var text = new String(input, ISO_8859_1).replace("\r", "");
        int end = text.indexOf("\n\n");
        var lines = (end < 0 ? text : text.substring(0, end)).split("\n", -1);
        int space = lines[0].indexOf(' ');
        var method = space < 0 ? "" : lines[0].substring(0, space);
        var target = lines[0].substring(space + 1).replaceAll("[^!-~\u0080-\u00ff]", "");
        var body = end < 0 ? "" : text.substring(end + 2);
        var headers =
                List.of(lines).subList(1, lines.length).stream()
                        .filter(line -> HEADER.matcher(line).matches())
                        .filter(line -> !FRAMING.contains(name(line)))
                        .toList();
        var names =
                NAME.matcher(text)
                        .results()
                        .map(match -> match.group(1))
                        .collect(java.util.stream.Collectors.toUnmodifiableSet());
        return new Asked(
                METHOD.matcher(method).matches() ? method : "GET",
                target.startsWith("/") ? target : "/" + target,
                headers,
                body,
                names);
    }

    /// @param values what stands for each name
    byte[] bytes(Function<String, String> values) {
        Function<String, String> filled =
                text -> NAME.matcher(text).replaceAll(match -> values.apply(match.group(1)));
        var whole = new StringBuilder(method).append(' ').append(filled.apply(target));
        whole.append(" HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> whole.append(filled.apply(header)).append("\r\n"));
        var sent = filled.apply(body);
        whole.append("Content-Length: ").append(sent.length()).append("\r\n\r\n").append(sent);
        return whole.toString().getBytes(ISO_8859_1);
    }

    boolean prefers() {
        return headers.stream().anyMatch(header -> name(header).equals("prefer"));
    }

    String path() {
        return target.split("[?]", 2)[0];
    }

    boolean only() {
        return method.equals("HEAD");
    }

    private static String name(String header) {
        return header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
