package tandem.oauth;

import java.util.Optional;
import java.util.random.RandomGenerator;

/// How user codes look: the characters they are drawn from, and the mask that groups them.
///
/// @param mask a `*` for each character; dashes and spaces separate
public record UserCodeFormat(UserCode.Charset charset, String mask) {

    public static final UserCodeFormat BASE20_4_4 =
            new UserCodeFormat(UserCode.Charset.BASE20, "****-****");

    /// Separators count too, as in Auth0.
    public static final int MASK_MAX = 20;

    /// A guess hits any live code, so the codes grow when more than one in this many is live.
    private static final double POSSIBLE_PER_LIVE = 25_000_000;

    /// Says what is wrong with a mask, if anything is.
    public static Optional<String> mistake(UserCode.Charset charset, String mask) {
        if (mask.length() > MASK_MAX) {
            return Optional.of("mask is longer than " + MASK_MAX + " characters");
        }
        if (!mask.chars().allMatch(c -> c == '*' || c == '-' || c == ' ')) {
            return Optional.of("mask may hold only '*', '-' and spaces");
        }
        if (length(mask) < charset.lengthMin()) {
            return Optional.of("mask needs at least " + charset.lengthMin() + " '*'");
        }
        return Optional.empty();
    }

    /// Draws a code, longer than the mask says while so many codes live that a guess could hit one.
    public UserCode random(long live, RandomGenerator random) {
        int length = length(mask);
        while (live > Math.pow(charset.size(), length) / POSSIBLE_PER_LIVE) {
            length++;
        }
        return UserCode.random(charset, length, random);
    }

    /// The code as it is shown, separated by the mask; what the mask does not foresee stays in the
    /// last group.
    public String show(UserCode code) {
        var shown = new StringBuilder();
        int next = 0;
        for (int i = 0; i < mask.length() && next < code.value().length(); i++) {
            shown.append(mask.charAt(i) == '*' ? code.value().charAt(next++) : mask.charAt(i));
        }
        return shown.append(code.value(), next, code.value().length()).toString();
    }

    private static int length(String mask) {
        return (int) mask.chars().filter(c -> c == '*').count();
    }
}
