package tandem.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The words of one language.
///
/// A text is taken literally but for `{0}` to `{9}`; there is no quoting to trip over. Texts that
/// count have one key for each plural form of the language: `ago.days.one`, `ago.days.other`.
public final class Texts {

    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur");

    /// First strong isolate and its end: what `<bdi>` is where there is no markup.
    private static final char ISOLATE = '\u2068';

    private static final char ISOLATE_END = '\u2069';

    private final Locale locale;
    private final Map<String, String> texts;

    Texts(Locale locale, Map<String, String> texts) {
        this.locale = locale;
        this.texts = Map.copyOf(texts);
    }

    static Texts load(String tag) {
        var properties = new Properties();
        var name = "/tandem/page/messages_" + tag + ".properties";
        try (var stream = Texts.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no messages for language " + tag);
            }
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var texts =
                properties.stringPropertyNames().stream()
                        .collect(Collectors.toMap(Function.identity(), properties::getProperty));
        return new Texts(Locale.forLanguageTag(tag), texts);
    }

    /// The language, as `<html lang>` has it.
    public String lang() {
        return locale.toLanguageTag();
    }

    /// The direction, as `<html dir>` has it.
    public String dir() {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }

    Locale locale() {
        return locale;
    }

    Map<String, String> all() {
        return texts;
    }

    public Phrase say(String key, Object... arguments) {
        return say(Message.of(key, arguments));
    }

    public Phrase say(Message message) {
        return new Phrase(this, message);
    }

    /// For where markup cannot be: titles and attributes. Not escaped.
    public String plain(String key, Object... arguments) {
        return plain(Message.of(key, arguments));
    }

    public String plain(Message message) {
        var said = new StringBuilder();
        Phrase.pieces(
                this,
                message,
                said::append,
                fromOutside -> said.append(ISOLATE).append(fromOutside).append(ISOLATE_END));
        return said.toString();
    }

    String pattern(Message message) {
        var key =
                message.counted()
                        ? message.key() + "." + PluralForm.of(locale, number(message)).suffix()
                        : message.key();
        var text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no text " + key + " in " + locale);
        }
        return text;
    }

    private static long number(Message message) {
        return ((Number) message.arguments().getFirst()).longValue();
    }
}
