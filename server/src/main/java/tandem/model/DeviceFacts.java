package tandem.model;

import java.util.Optional;

/// What the device says of itself. Shown in quotation marks as its own words, and believed by
/// nobody.
public record DeviceFacts(Optional<String> name, Optional<String> model) {

    public static final DeviceFacts NONE = new DeviceFacts(Optional.empty(), Optional.empty());

    public static final int LENGTH_MAX = 40;

    /// At most [#LENGTH_MAX] letters, digits, spaces, `-`, `.` and `'`.
    public static boolean acceptable(String text) {
        return text.codePointCount(0, text.length()) <= LENGTH_MAX
                && text.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c) || " -.'".indexOf(c) >= 0);
    }
}
