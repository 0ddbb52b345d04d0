package tandem.conformance.wire;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Shortens what must not stand in a report: a few letters to tell one from another, and the
/// length.
public final class Veil {
    private static final int SHOWN = 6;
    private static final int LONGEST = 4_000;

    private static final String NAMES =
            "device_code|access_token|refresh_token|id_token|token|client_secret|client_assertion"
                    + "|password|code_verifier|csrf|_csrf|xsrf|subject_token";

    /// Each has the secret in its last group, and what is kept before it in the first.
    private static final List<Pattern> SECRETS =
            List.of(
                    Pattern.compile("((?:^|[&?\\s])(?:" + NAMES + ")=)([^&\\s]+)"),
                    Pattern.compile("(\"(?:" + NAMES + ")\"\\s*:\\s*\")([^\"]+)"),
                    Pattern.compile("(?im)^(authorization: \\w+ +)(\\S+)"),
                    Pattern.compile("(?im)^(dpop: )(\\S+)"),
                    Pattern.compile("(?im)^(set-cookie: [^=\\s]+=)([^;\\s]+)"),
                    Pattern.compile("(?i)(type=\"?password\"?[^>]*value=\")([^\"]+)"),
                    Pattern.compile("(?i)(type=\"?hidden\"?[^>]*value=\")([^\"]{12,})"),
                    Pattern.compile("()(eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*)"));

    private static final Pattern COOKIE = Pattern.compile("(?im)^cookie: .*$");

    private Veil() {}

    public static String over(String text) {
        var veiled = text;
        for (var secret : SECRETS) {
            veiled = secret.matcher(veiled).replaceAll(Veil::shortened);
        }
        veiled = COOKIE.matcher(veiled).replaceAll(Veil::cookieNames);
        return veiled.length() <= LONGEST
                ? veiled
                : veiled.substring(0, LONGEST) + "… (" + veiled.length() + " characters)";
    }

    private static String shortened(MatchResult match) {
        return java.util.regex.Matcher.quoteReplacement(match.group(1) + shorten(match.group(2)));
    }

    static String shorten(String secret) {
        return secret.length() <= SHOWN * 2
                ? "…(" + secret.length() + ")"
                : secret.substring(0, SHOWN) + "…(" + secret.length() + ")";
    }

    private static String cookieNames(MatchResult match) {
        var kept = match.group().replaceAll("=[^;]*", "=…");
        return java.util.regex.Matcher.quoteReplacement(kept);
    }
}
