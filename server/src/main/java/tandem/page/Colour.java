package tandem.page;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// A colour of the sRGB space, and how well it is told from another. [WCAG 2.2, contrast
/// ratio](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)
public record Colour(int red, int green, int blue) {

    static final Colour BLACK = new Colour(0, 0, 0);
    static final Colour WHITE = new Colour(255, 255, 255);

    private static final Pattern HEX = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final int STEPS = 50;
    private static final double PASTEL = 0.3;

    public Colour {
        for (int channel : new int[] {red, green, blue}) {
            if (channel < 0 || channel > 255) {
                throw new IllegalArgumentException("not a colour channel: " + channel);
            }
        }
    }

    /// Reads `#rrggbb`.
    public static Colour parse(String hex) {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a colour such as #0f6a6a");
        }
        int rgb = HexFormat.fromHexDigits(hex, 1, 7);
        return new Colour(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }

    public String hex() {
        return "#%02x%02x%02x".formatted(red, green, blue);
    }

    double contrast(Colour other) {
        double mine = luminance();
        double others = other.luminance();
        return (Math.max(mine, others) + 0.05) / (Math.min(mine, others) + 0.05);
    }

    /// This colour, or the nearest to it on the way to `end` that has the contrast.
    Colour toward(Colour end, Colour ground, double contrast) {
        for (int step = 0; step < STEPS; step++) {
            var mixed = mixed(end, (double) step / STEPS);
            if (mixed.contrast(ground) >= contrast) {
                return mixed;
            }
        }
        return end;
    }

    /// The same hue as light: going straight to white, a colour would turn grey on the way.
    Colour brightened() {
        int brightest = Math.max(red, Math.max(green, blue));
        if (brightest == 0) {
            return WHITE;
        }
        double gain = 255.0 / brightest;
        return BLACK.mixed(this, gain).mixed(WHITE, PASTEL);
    }

    private Colour mixed(Colour other, double share) {
        return new Colour(
                between(red, other.red, share),
                between(green, other.green, share),
                between(blue, other.blue, share));
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
