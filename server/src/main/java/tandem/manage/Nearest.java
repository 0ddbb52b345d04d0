package tandem.manage;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that a misspelled one was meant to be.
public final class Nearest {

    /// So many wrong letters in a word are a slip; more make another word.
    private static final int SLIPS_MAX = 2;

    private static final int LETTERS_PER_SLIP = 3;

    /// Nobody mistypes a word into one so long, and comparing costs the product of both lengths.
    private static final int LENGTH_MAX = 64;

    private Nearest() {}

    /// A question to end a mistake with, `; did you mean listen?`; empty when nothing is near.
    public static String question(String word, Collection<String> known) {
        return to(word, known).map(found -> "; did you mean " + found + "?").orElse("");
    }

    public static Optional<String> to(String word, Collection<String> known) {
        var plain = plain(word);
        if (plain.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> distance(plain, plain(candidate)) <= allowed(candidate))
                .min(
                        Comparator.comparingInt(
                                        (String candidate) -> distance(plain, plain(candidate)))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int allowed(String word) {
        return Math.clamp(plain(word).length() / LETTERS_PER_SLIP, 1, SLIPS_MAX);
    }

    /// Case, dashes and underscores are habits, not letters.
    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /// How many letters must be put in, left out, replaced or swapped with their neighbour.
    private static int distance(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, from, to, i, j);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int step(int[][] rows, String from, String to, int i, int j) {
        int replaced = rows[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
