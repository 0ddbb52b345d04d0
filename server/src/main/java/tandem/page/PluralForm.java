package tandem.page;

import java.util.Locale;

/// Which form of a text goes with a number; the languages spoken here need two.
enum PluralForm {
    ONE("one"),
    OTHER("other");

    private final String suffix;

    PluralForm(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }

    static PluralForm of(Locale locale, long number) {
        return number == 1 ? ONE : OTHER;
    }
}
