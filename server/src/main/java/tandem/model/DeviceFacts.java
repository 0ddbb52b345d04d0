package tandem.model;

import java.util.Optional;
import java.util.regex.Pattern;

/// What the device says of itself. Shown in quotation marks as its own words, and believed by
/// nobody.
///
/// @param uiLocales the languages it asks the pages to be in, as language tags between spaces
public record DeviceFacts(
        Optional<String> name, Optional<String> model, Optional<String> uiLocales) {

    public static final DeviceFacts NONE =
            new DeviceFacts(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Pattern LOCALES = Pattern.compile("[A-Za-z0-9 -]{1,100}");

    public static final int LENGTH_MAX = 40;

    /// Language tags between spaces; anything else is passed over ([OpenID Connect Core
    /// §3.1.2.1](https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest)).
    public static Optional<String> locales(Optional<String> given) {
        return given.filter(text -> LOCALES.matcher(text).matches());
    }

    /// At most [#LENGTH_MAX] letters, digits, spaces, `-`, `.` and `'`.
    public static boolean acceptable(String text) {
        return text.codePointCount(0, text.length()) <= LENGTH_MAX
                && text.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c) || " -.'".indexOf(c) >= 0);
    }
}
