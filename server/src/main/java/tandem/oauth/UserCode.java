package tandem.oauth;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The short code a person reads from the device, without its separators. [RFC 8628
/// §6.1](https://www.rfc-editor.org/rfc/rfc8628#section-6.1)
///
/// Its letters leave out vowels and `Y`, so that no word appears and few letters are confused.
public record UserCode(String value) {

    /// Longer than any code with separators; what is typed beyond it is no code. What stands
    /// between words; a dash stands within a code.
    private static final Pattern WORDS_END = Pattern.compile("[^\\p{L}\\p{N}-]+");

    private static final int TYPED_MAX = 256;

    private static final int LENGTH_MAX = 20;

    /// What the characters of a code are drawn from.
    public enum Charset {
        BASE20("BCDFGHJKLMNPQRSTVWXZ", 8),
        DIGITS("0123456789", 9);

        private final String alphabet;
        private final int lengthMin;

        Charset(String alphabet, int lengthMin) {
            this.alphabet = alphabet;
            this.lengthMin = lengthMin;
        }

        public int size() {
            return alphabet.length();
        }

        /// The fewest characters that keep a guess hopeless while few codes live (RFC 8628 §5.1).
        public int lengthMin() {
            return lengthMin;
        }
    }

    public static UserCode random(Charset charset, int length, RandomGenerator random) {
        var code = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            code.append(charset.alphabet.charAt(random.nextInt(charset.size())));
        }
        return new UserCode(code.toString());
    }

    /// The codes that what was typed may mean, likeliest first; empty when it can be none.
    ///
    /// Case, spaces and punctuation do not count. Look-alikes outside the alphabet are read as the
    /// one letter they resemble; `0` and `O` resemble two (`D` and `Q`) and are not. `VV` may be a
    /// `W`. Of a pasted address or sentence, its last word is the code, or its last two.
    public static SequencedSet<UserCode> read(String typed, Charset charset) {
        if (typed.length() > TYPED_MAX) {
            return new LinkedHashSet<>();
        }
        var found = readWhole(typed, charset);
        var words = WORDS_END.split(typed.strip(), -1);
        for (int last = 1; found.isEmpty() && last <= 2 && last < words.length; last++) {
            var end = Arrays.copyOfRange(words, words.length - last, words.length);
            found = readWhole(String.join("", end), charset);
        }
        return found;
    }

    private static SequencedSet<UserCode> readWhole(String typed, Charset charset) {
        var letters = new StringBuilder();
        for (int c : Normalizer.normalize(typed, Normalizer.Form.NFKC).codePoints().toArray()) {
            if (!Character.isLetterOrDigit(c)) {
                continue;
            }
            letters.append(fold(c, charset));
        }
        var found = new LinkedHashSet<UserCode>();
        for (var candidate : List.of(letters.toString(), letters.toString().replace("VV", "W"))) {
            if (candidate.length() >= charset.lengthMin
                    && candidate.length() <= LENGTH_MAX
                    && candidate.chars().allMatch(c -> charset.alphabet.indexOf(c) >= 0)) {
                found.add(new UserCode(candidate));
            }
        }
        return found;
    }

    private static char fold(int c, Charset charset) {
        int digit = Character.digit(c, 10);
        char plain = digit >= 0 ? (char) ('0' + digit) : asciiUpper(c);
        return switch (charset) {
            case DIGITS ->
                    switch (plain) {
                        case 'O' -> '0';
                        case 'I', 'L' -> '1';
                        case 'S' -> '5';
                        case 'B' -> '8';
                        case 'Z' -> '2';
                        default -> plain;
                    };
            case BASE20 ->
                    switch (plain) {
                        case '1', 'I' -> 'L';
                        case '5' -> 'S';
                        case '8' -> 'B';
                        case '2' -> 'Z';
                        case '6' -> 'G';
                        default -> plain;
                    };
        };
    }

    /// Upper case without a locale: in Turkish, `i` would become a letter of another alphabet.
    private static char asciiUpper(int c) {
        if (c >= 'a' && c <= 'z') {
            return (char) (c - 'a' + 'A');
        }
        if (c == 'ı' || c == 'İ') {
            return 'I';
        }
        return c <= 'Z' ? (char) c : '?';
    }

    @Override
    public String toString() {
        return "UserCode[…]";
    }
}
