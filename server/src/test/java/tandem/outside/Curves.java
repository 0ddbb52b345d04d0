package tandem.outside;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Curves over time, one below the other, as a picture.
final class Curves {
    private static final int WIDTH = 900;
    private static final int LEFT = 210;
    private static final int HEIGHT = 70;
    private static final int GAP = 18;

    /// One quantity at every moment.
    record Curve(String name, List<Double> values) {}

    private Curves() {}

    /// The picture, in SVG.
    ///
    /// @param seconds from the first moment to the last
    static String svg(String title, double seconds, List<Curve> curves) {
        int height = curves.size() * (HEIGHT + GAP) + 60;
        var svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" \
                font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="10" y="20" font-size="14">%s</text>
                """
                        .formatted(WIDTH, height, title));
        for (int i = 0; i < curves.size(); i++) {
            svg.append(curve(curves.get(i), 35 + i * (HEIGHT + GAP)));
        }
        svg.append(
                text("<text x=\"%d\" y=\"%d\">0</text>\n", LEFT, height - 8)
                        + text(
                                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f s</text>\n",
                                WIDTH - 10, height - 8, seconds));
        return svg.append("</svg>\n").toString();
    }

    /// From zero to the greatest value: what looks flat is flat.
    private static String curve(Curve curve, int top) {
        double most = curve.values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double scale = most > 0 ? HEIGHT / most : 0;
        double step = (WIDTH - LEFT - 10.0) / Math.max(1, curve.values.size() - 1);
        var points =
                IntStream.range(0, curve.values.size())
                        .mapToObj(i ->
                                text(
                                        "%.1f,%.1f",
                                        LEFT + i * step,
                                        top + HEIGHT - curve.values.get(i) * scale))
                        .collect(Collectors.joining(" "));
        double last = curve.values.isEmpty() ? 0 : curve.values.getLast();
        return text("<text x=\"10\" y=\"%d\">%s</text>\n", top + 20, curve.name)
                + text(
                        "<text x=\"10\" y=\"%d\" fill=\"#666\">max %.1f, last %.1f</text>\n",
                        top + 38, most, last)
                + text(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f4f6f8\"/>\n",
                        LEFT, top, WIDTH - LEFT - 10, HEIGHT)
                + text(
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"#0a5\" stroke-width=\"1.5\"/>\n",
                        points);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
