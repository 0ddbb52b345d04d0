package tandem.web;

import java.util.Optional;
import java.util.regex.Pattern;

/// The target of a request, without its query. [RFC 9112
/// §3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)
final class Target {

    private static final Pattern AUTHORITY = Pattern.compile("(?i)https?://[^/]*");

    private Target() {}

    /// The path, as sent. Of a whole URI, which every server must understand, what follows the
    /// authority; the authority itself is used for nothing, no more than `Host` is. Empty for
    /// anything else: `*` and bare authorities are for proxies.
    static Optional<String> path(String target) {
        if (target.startsWith("/")) {
            return Optional.of(target);
        }
        var authority = AUTHORITY.matcher(target);
        if (!authority.lookingAt()) {
            return Optional.empty();
        }
        var path = target.substring(authority.end());
        return Optional.of(path.isEmpty() ? "/" : path);
    }
}
