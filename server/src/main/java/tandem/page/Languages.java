package tandem.page;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The languages spoken here, and which of them a request is answered in.
public final class Languages {

    private static final List<String> SPOKEN = List.of("en", "de");

    /// Nobody speaks more languages than fit into this.
    private static final int WISHES_LENGTH_MAX = 500;

    private final Map<Locale, Texts> spoken;
    private final Texts english;

    private Languages(Map<Locale, Texts> spoken) {
        this.spoken = spoken;
        this.english =
                spoken.values().stream()
                        .filter(t -> t.lang().equals("en"))
                        .findFirst()
                        .orElseThrow();
    }

    public static Languages load() {
        return new Languages(
                SPOKEN.stream()
                        .map(Texts::load)
                        .collect(Collectors.toMap(Texts::locale, Function.identity())));
    }

    /// The tags of the languages spoken here.
    public static List<String> spoken() {
        return SPOKEN;
    }

    public Texts english() {
        return english;
    }

    /// The first of `ui_locales` that is spoken, else of `Accept-Language`, else English. [OpenID
    /// Connect Core §3.1.2.1](https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest)
    ///
    /// @param uiLocales tags with spaces between, or empty
    /// @param acceptLanguage the header's value, or empty
    public Texts choose(String uiLocales, String acceptLanguage) {
        var asked = List.of(uiLocales.strip().split("\\s+"));
        return best(String.join(",", asked)).or(() -> best(acceptLanguage)).orElse(english);
    }

    /// What cannot be read is no wish.
    private Optional<Texts> best(String wishes) {
        if (wishes.isBlank() || wishes.length() > WISHES_LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Locale.lookup(LanguageRange.parse(wishes), spoken.keySet()))
                    .map(spoken::get);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
