package tandem.conformance.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tandem.conformance.suite.Judged;
import tandem.conformance.suite.Severity;
import tandem.conformance.suite.Verdict;

/// A run as one page to read and to show: nothing loaded from elsewhere, no script.
public final class HtmlReport {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final String STYLE = resource("report.css");

    /// More failures than these are listed without what went over the wire, which a click shows.
    private static final int SHOWN_WHOLE = 5;

    private final StringBuilder page = new StringBuilder();

    private HtmlReport() {}

    public static String of(Reports reports) {
        var html = new HtmlReport();
        html.head(reports);
        html.failures(reports);
        html.page.append("<h2>By area</h2>\n");
        reports.areas().forEach(html::area);
        html.page.append(
                """
                <footer>MUST: a specification demands it. SHOULD: it recommends it. WISE: experience does.
                Skipped cases could not be judged with what was given; they say what is missing.</footer>
                </main>
                """);
        return html.page.toString();
    }

    private void head(Reports reports) {
        var t = reports.totals();
        page.append(
                """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Conformance of %s</title>
                <style>%s</style>
                <main>
                <header>
                <p class="kind">RFC 8628 conformance</p>
                <h1>%s</h1>
                <p class="when">%s, %d cases in %d&nbsp;s</p>
                <p class="verdict %s"><span aria-hidden="true">%s</span> %s</p>
                <dl class="totals">
                """
                        .formatted(
                                escape(reports.issuer()),
                                STYLE,
                                escape(reports.issuer()),
                                DATE.format(reports.begin()),
                                t.all(),
                                reports.took().toSeconds(),
                                t.must() + t.broken() == 0 ? "good" : "bad",
                                t.must() + t.broken() == 0 ? "✓" : "✗",
                                sentence(t)));
        total("passed", t.passed(), "passed");
        total("must", t.must(), "MUST failed");
        total("should", t.should(), "SHOULD failed");
        total("wise", t.wise(), "WISE failed");
        total("skipped", t.skipped(), "skipped");
        if (t.broken() > 0) {
            total("broken", t.broken(), "not judged for a fault");
        }
        page.append("</dl>\n");
        bar(t);
        page.append("</header>\n");
    }

    private static String sentence(Totals t) {
        if (t.must() + t.broken() == 0) {
            return t.should() == 0
                    ? "Every demand and every recommendation that was judged is met"
                    : "Every demand that was judged is met";
        }
        return t.must() == 0
                ? "Some cases could not be judged for a fault"
                : t.must() == 1 ? "One demand is not met" : t.must() + " demands are not met";
    }

    private void total(String kind, int count, String words) {
        page.append(
                "<div class=\"%s%s\"><dt>%s</dt><dd>%d</dd></div>\n"
                        .formatted(kind, count == 0 ? " none" : "", words, count));
    }

    private void bar(Totals t) {
        page.append("<div class=\"bar\" aria-hidden=\"true\">");
        for (var part :
                List.of(
                        Map.entry("passed", t.passed()),
                        Map.entry("must", t.must() + t.broken()),
                        Map.entry("should", t.should()),
                        Map.entry("wise", t.wise()),
                        Map.entry("skipped", t.skipped()))) {
            if (part.getValue() > 0) {
                page.append(
                        "<i class=\"%s\" style=\"flex-grow:%d\"></i>"
                                .formatted(part.getKey(), part.getValue()));
            }
        }
        page.append("</div>\n");
    }

    private void failures(Reports reports) {
        var failed =
                reports.judged().stream()
                        .filter(HtmlReport::isBad)
                        .sorted(Comparator.comparing(one -> one.judged().severity()))
                        .toList();
        if (failed.isEmpty()) {
            return;
        }
        page.append("<section><h2>What failed</h2>\n");
        var shown = failed.size() <= SHOWN_WHOLE ? "open" : "";
        failed.forEach(one -> failure(one, shown));
        page.append("</section>\n");
    }

    private static boolean isBad(Judged one) {
        return one.verdict() instanceof Verdict.Failed || one.verdict() instanceof Verdict.Broken;
    }

    private void failure(Judged judged, String shown) {
        var one = judged.judged();
        page.append(
                """
                <details class="failure %s" id="%s" %s>
                <summary><b>%s</b> <span class="mark">%s</span> <span class="title">%s</span> <cite>%s</cite></summary>
                """
                        .formatted(
                                kind(judged),
                                one.id(),
                                one.severity() == Severity.WISE ? "" : "open",
                                one.id(),
                                word(judged),
                                escape(one.title()),
                                escape(one.reference())));
        switch (judged.verdict()) {
            case Verdict.Failed(var expected, var seen, var exchange) -> {
                page.append(
                        "<dl class=\"finding\"><dt>Expected</dt><dd>%s</dd><dt>Saw</dt><dd>%s</dd></dl>\n"
                                .formatted(escape(expected), escape(seen)));
                exchange(exchange, shown);
            }
            case Verdict.Broken(var what, var exchange) -> {
                page.append("<p>%s</p>\n".formatted(escape(what)));
                exchange(exchange, shown);
            }
            case Verdict.Passed p -> {}
            case Verdict.Skipped s -> {}
        }
        page.append("</details>\n");
    }

    private void exchange(Optional<Verdict.Exchange> exchange, String shown) {
        exchange.ifPresent(e ->
                page.append(
                        """
                        <details class="wire" %s><summary>Request and answer</summary><div class="exchange"><figure><figcaption>Request</figcaption><pre tabindex="0">%s</pre></figure>
                        <figure><figcaption>Answer</figcaption><pre tabindex="0">%s</pre></figure></div></details>
                        """
                                .formatted(
                                        shown,
                                        escape(e.request().strip()),
                                        escape(e.answer().strip()))));
    }

    private void area(String area, List<Judged> judged) {
        var t = Totals.of(judged);
        var judgedCases = t.all() - t.skipped();
        page.append(
                """
                <details class="area">
                <summary><b>%s</b> <span class="title">%s</span> <span class="count %s">%s</span></summary>
                <table><thead><tr><th>Case</th><th>What a server does</th><th>Reference</th><th>Weight</th><th>Verdict</th></tr></thead><tbody>
                """
                        .formatted(
                                area,
                                escape(Area.name(area)),
                                t.must() + t.should() + t.broken() > 0
                                        ? "bad"
                                        : t.wise() > 0
                                                ? "wise"
                                                : judgedCases == 0 ? "skipped" : "good",
                                judgedCases == 0
                                        ? "not judged"
                                        : t.passed() + " of " + judgedCases));
        judged.forEach(this::row);
        page.append("</tbody></table></details>\n");
    }

    private void row(Judged judged) {
        var one = judged.judged();
        var why = judged.verdict() instanceof Verdict.Skipped(var reason) ? reason : "";
        page.append(
                "<tr class=\"%s\"><td>%s</td><td>%s%s</td><td><cite>%s</cite></td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                kind(judged),
                                isBad(judged)
                                        ? "<a href=\"#" + one.id() + "\">" + one.id() + "</a>"
                                        : one.id(),
                                escape(one.title()),
                                why.isEmpty() ? "" : "<small>" + escape(why) + "</small>",
                                escape(one.reference()),
                                one.severity(),
                                "<span class=\"mark\">" + word(judged) + "</span>"));
    }

    private static String kind(Judged judged) {
        return judged.verdict() instanceof Verdict.Failed
                ? judged.judged().severity().name().toLowerCase(Locale.ROOT)
                : judged.verdict().word();
    }

    private static String word(Judged judged) {
        return judged.verdict() instanceof Verdict.Failed
                ? judged.judged().severity() + " failed"
                : judged.verdict().word();
    }

    private static String escape(String text) {
        return JunitReport.escape(text);
    }

    private static String resource(String name) {
        try (var in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
