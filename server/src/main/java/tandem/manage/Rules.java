package tandem.manage;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// The kinds of values that resources are written with.
final class Rules {

    /// More than any resource lists, fewer than would tire whoever reads it.
    private static final int ELEMENTS_MAX = 1000;

    private static final int QUOTED_MAX = 60;

    private static final String NOT_YET = " is not available in this version";

    /// Set through files alone: who may set it by a call could make themselves an operator, or have
    /// any file of the machine served.
    static final Rule FILES_ONLY =
            (value, place) -> place.wrong("can be set in resource files only");

    static final Rule FLAG =
            (value, place) -> {
                if (!value.isBoolean()) {
                    place.wrong("must be true or false");
                }
            };

    static final Rule NAME =
            text(
                    Spelling::isName,
                    "a name of 1 to 80 printable characters, without control and bidirectional"
                            + " ones");

    static final Rule SCOPE =
            text(
                    Spelling::isScope,
                    "a scope: printable ASCII without space, quotation mark and \\");

    private Rules() {}

    static Rule whole(long least, long most) {
        return (value, place) -> {
            boolean whole = value.isIntegralNumber() && value.canConvertToLong();
            if (!whole || value.longValue() < least || value.longValue() > most) {
                place.wrong("must be a whole number from " + least + " to " + most);
            }
        };
    }

    static Rule seconds(Duration least, Duration most) {
        return whole(least.toSeconds(), most.toSeconds());
    }

    /// A text.
    ///
    /// @param what it must be, with its article
    static Rule text(Predicate<String> good, String what) {
        return (value, place) -> {
            if (!value.isString()) {
                place.wrong("must be text");
            } else if (!good.test(value.stringValue())) {
                place.wrong(quoted(value.stringValue()) + " is not " + what);
            }
        };
    }

    /// A secret: what is written is never repeated.
    static Rule secret(int least, int most) {
        return (value, place) -> {
            boolean good =
                    value.isString()
                            && value.stringValue().length() >= least
                            && value.stringValue().length() <= most
                            && value.stringValue().chars().noneMatch(Character::isISOControl);
            if (!good) {
                place.wrong("must be text of " + least + " to " + most + " printable characters");
            }
        };
    }

    static Rule oneOf(Collection<String> words) {
        return oneOf(words, Set.of());
    }

    /// One of some words.
    ///
    /// @param notYet words of the contract that mean something only later
    static Rule oneOf(Collection<String> words, Set<String> notYet) {
        return (value, place) -> {
            if (!value.isString()) {
                place.wrong("must be one of " + String.join(", ", words));
            } else if (notYet.contains(value.stringValue())) {
                place.wrong(quoted(value.stringValue()) + NOT_YET);
            } else if (!words.contains(value.stringValue())) {
                place.wrong(
                        quoted(value.stringValue())
                                + " is not one of "
                                + String.join(", ", words)
                                + Nearest.question(value.stringValue(), words));
            }
        };
    }

    /// The names of an enumeration as they are written.
    static List<String> words(Enum<?>... values) {
        return Arrays.stream(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    }

    static Rule listOf(Rule element) {
        return (value, place) -> {
            if (!value.isArray()) {
                place.wrong("must be a list");
            } else if (value.size() > ELEMENTS_MAX) {
                place.wrong("must have no more than " + ELEMENTS_MAX + " elements");
            } else {
                eachOf(value, element, place);
            }
        };
    }

    private static void eachOf(JsonNode list, Rule element, Place place) {
        for (int i = 0; i < list.size(); i++) {
            element.check(list.get(i), place.item(i));
        }
    }

    /// What somebody wrote, short, and without characters that act instead of being seen.
    static String quoted(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints()
                .limit(QUOTED_MAX)
                .map(point -> Spelling.acts(point) ? '\uFFFD' : point)
                .forEach(shown::appendCodePoint);
        return shown.append(text.codePointCount(0, text.length()) > QUOTED_MAX ? "…\"" : "\"")
                .toString();
    }
}
