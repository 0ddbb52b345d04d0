package tandem.conformance.person;

import java.util.Locale;
import java.util.regex.Pattern;

/// Which way a button leads, told by what it says.
public enum Leaning {
    YES,
    NO,
    /// Somewhere else: signing out, another account, a language.
    ELSEWHERE;

    private static final Pattern AWAY =
            Pattern.compile(
                    "\\b(sign(ed)? ?out|log ?out|switch|not you|(an)?other (account|user|way)|change"
                            + "|forgot(ten)?|reset|register|sign ?up|create|resend|try another|show"
                            + "|hide|restart|abmelden|wechseln|konto wechseln|vergessen)\\b");
    private static final Pattern NEGATIVE =
            Pattern.compile(
                    "\\b(no|not|deny|denied|cancel|decline|reject|abort|refuse|disallow|didn.?t|don.?t"
                            + "|do not|did not|nein|ablehnen|abbrechen|verweigern|nicht)\\b");
    private static final Pattern AFFIRMATIVE =
            Pattern.compile(
                    "\\b(yes|ok|okay|allow|approve|accept|confirm|grant|continue|authori[sz]e|agree"
                            + "|sign ?in|log ?in|login|submit|next|connect|proceed|verify|link|send"
                            + "|activate|ja|zulassen|erlauben|weiter|anmelden|best[aä]tigen|verbinden)\\b");

    /// Judges by the label first; by the control's own name and value where the label says nothing.
    static Leaning of(String label, String nameAndValue) {
        var byLabel = of(label);
        return byLabel == ELSEWHERE && !AWAY.matcher(plain(label)).find()
                ? of(nameAndValue)
                : byLabel;
    }

    static Leaning of(String words) {
        var plain = plain(words);
        if (AWAY.matcher(plain).find()) {
            return ELSEWHERE;
        }
        if (NEGATIVE.matcher(plain).find()) {
            return NO;
        }
        return AFFIRMATIVE.matcher(plain).find() ? YES : ELSEWHERE;
    }

    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace('-', ' ')
                .replace('’', '\'');
    }
}
