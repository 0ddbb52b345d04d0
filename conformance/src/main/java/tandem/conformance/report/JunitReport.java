package tandem.conformance.report;

import java.util.List;
import java.util.Optional;
import tandem.conformance.suite.Judged;
import tandem.conformance.suite.Severity;
import tandem.conformance.suite.Verdict;

/// A run as JUnit XML, which every CI shows: one suite per area. A failed WISE case counts as
/// skipped.
public final class JunitReport {
    private JunitReport() {}

    public static String of(Reports reports) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        reports.areas().forEach((area, judged) -> suite(xml, area, judged));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, String area, List<Judged> judged) {
        var t = Totals.of(judged);
        xml.append(
                "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n"
                        .formatted(
                                escape(area + " " + Area.name(area)),
                                t.all(),
                                t.must() + t.should(),
                                t.broken(),
                                t.skipped() + t.wise()));
        judged.forEach(one -> test(xml, one));
        xml.append("  </testsuite>\n");
    }

    private static void test(StringBuilder xml, Judged judged) {
        var one = judged.judged();
        xml.append(
                "    <testcase classname=\"conformance.%s\" name=\"%s\" time=\"%s\">\n"
                        .formatted(
                                one.area(),
                                escape(one.id() + " " + one.title() + " (" + one.reference() + ")"),
                                "%.3f"
                                        .formatted(judged.took().toMillis() / 1000.0)
                                        .replace(',', '.')));
        end(xml, judged);
        xml.append("    </testcase>\n");
    }

    private static void end(StringBuilder xml, Judged judged) {
        switch (judged.verdict()) {
            case Verdict.Passed p -> {}
            case Verdict.Skipped(var why) -> line(xml, "skipped", why, "");
            case Verdict.Broken(var what, var exchange) -> line(xml, "error", what, text(exchange));
            case Verdict.Failed(var expected, var seen, var exchange) -> {
                var message = "expected " + expected + ", saw " + seen;
                var wise = judged.judged().severity() == Severity.WISE;
                line(xml, wise ? "skipped" : "failure", message, wise ? "" : text(exchange));
            }
        }
    }

    private static void line(StringBuilder xml, String element, String message, String text) {
        xml.append(
                "      <%s message=\"%s\">%s</%s>\n"
                        .formatted(element, escape(message), escape(text), element));
    }

    private static String text(Optional<Verdict.Exchange> exchange) {
        return exchange.map(e -> e.request() + "\n\n" + e.answer()).orElse("");
    }

    static String escape(String text) {
        var safe = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> safe.append("&amp;");
                        case '<' -> safe.append("&lt;");
                        case '>' -> safe.append("&gt;");
                        case '"' -> safe.append("&quot;");
                        case '\n', '\t' -> safe.append(Character.toString(c));
                        default ->
                                safe.append(
                                        c < 0x20 || c == 0xfffe || c == 0xffff
                                                ? "?"
                                                : Character.toString(c));
                    }
                });
        return safe.toString();
    }
}
