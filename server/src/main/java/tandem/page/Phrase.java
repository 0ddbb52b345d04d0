package tandem.page;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.text.NumberFormat;
import java.util.function.Consumer;

/// A message in one language, as a template writes it.
///
/// What comes from outside is escaped and stands in `<bdi>`, so that a name in another direction,
/// or one with a direction override in it, turns nothing around it.
public record Phrase(Texts texts, Message message) implements Content {

    @Override
    public void writeTo(TemplateOutput output) {
        pieces(
                texts,
                message,
                output::writeUserContent,
                fromOutside -> {
                    output.writeContent("<bdi>");
                    output.writeUserContent(fromOutside);
                    output.writeContent("</bdi>");
                });
    }

    /// Takes a message apart: our own words to one side, words from outside to the other.
    static void pieces(
            Texts texts, Message message, Consumer<String> ours, Consumer<String> fromOutside) {
        var pattern = texts.pattern(message);
        int from = 0;
        for (int brace = pattern.indexOf('{'); brace >= 0; brace = pattern.indexOf('{', from)) {
            ours.accept(pattern.substring(from, brace));
            int index = pattern.charAt(brace + 1) - '0';
            switch (message.arguments().get(index)) {
                case Message nested -> pieces(texts, nested, ours, fromOutside);
                case Number number -> ours.accept(inDigits(texts, number));
                case String text -> fromOutside.accept(text);
                case Object other ->
                        throw new IllegalArgumentException("cannot say " + other.getClass());
            }
            from = brace + "{0}".length();
        }
        ours.accept(pattern.substring(from));
    }

    private static String inDigits(Texts texts, Number number) {
        return NumberFormat.getIntegerInstance(texts.locale()).format(number.longValue());
    }
}
