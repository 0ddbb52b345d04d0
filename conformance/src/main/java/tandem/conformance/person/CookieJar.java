package tandem.conformance.person;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tandem.conformance.wire.Answer;

/// A browser's cookies of one host: by name and path, gone when they are set to nothing.
///
/// As browsers do, it takes loopback for safe, so that Secure holds nothing back there.
final class CookieJar {
    private record Cookie(String name, String value, String host, String path, boolean hidden) {
        boolean fits(URI uri) {
            var at = uri.getPath().isEmpty() ? "/" : uri.getPath();
            var under = path.endsWith("/") ? path : path + "/";
            return host.equals(uri.getHost()) && (at.equals(path) || at.startsWith(under));
        }

        boolean replaces(Cookie other) {
            return name.equals(other.name) && host.equals(other.host) && path.equals(other.path);
        }
    }

    private final List<Cookie> cookies = new ArrayList<>();

    void keep(Answer answer) {
        answer.all("Set-Cookie").forEach(line -> keep(answer.request().uri(), line));
    }

    private void keep(URI uri, String line) {
        var parts = line.split(";", -1);
        var pair = parts[0].split("=", 2);
        if (pair.length < 2) {
            return;
        }
        var path = uri.getPath().replaceFirst("/[^/]*$", "");
        var gone = pair[1].isBlank();
        var hidden = false;
        for (var part : parts) {
            var attribute = part.strip().toLowerCase(Locale.ROOT);
            if (attribute.startsWith("path=/")) {
                path = part.strip().substring("path=".length());
            }
            hidden |= attribute.equals("httponly");
            gone |= attribute.equals("max-age=0") || attribute.contains("01 jan 1970");
        }
        var cookie =
                new Cookie(
                        pair[0].strip(),
                        pair[1].strip(),
                        uri.getHost(),
                        path.isEmpty() ? "/" : path,
                        hidden);
        cookies.removeIf(cookie::replaces);
        if (!gone) {
            cookies.add(cookie);
        }
    }

    /// The header's value for a request; empty where there is none to send.
    String header(URI uri) {
        return cookies.stream()
                .filter(cookie -> cookie.fits(uri))
                .sorted((a, b) -> b.path().length() - a.path().length())
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    void clearHidden() {
        cookies.removeIf(Cookie::hidden);
    }
}
