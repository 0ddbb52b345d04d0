package tandem.conformance.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tandem.conformance.suite.Judged;
import tandem.conformance.suite.Metadata;
import tandem.conformance.suite.Verdict;

/// Tells a run in the terminal: a sign for each case, then failures in full, then a table.
public final class Terminal {
    private static final int SIGNS_PER_LINE = 60;

    /// Of an answer; a page of HTML says no more by its hundredth line.
    private static final int LINES = 30;

    private final PrintWriter out;
    private int told;

    public Terminal(PrintWriter out, Metadata metadata, int cases) {
        this.out = out;
        out.printf("%s, %d cases%n", metadata.issuer(), cases);
        out.println(". passed   F MUST or SHOULD failed   w WISE failed   - skipped   ! broken");
        out.flush();
    }

    public synchronized void tell(Judged judged) {
        out.print(sign(judged));
        if (++told % SIGNS_PER_LINE == 0) {
            out.println();
        }
        out.flush();
    }

    private static String sign(Judged judged) {
        return switch (judged.verdict()) {
            case Verdict.Passed p -> ".";
            case Verdict.Failed f ->
                    switch (judged.judged().severity()) {
                        case MUST, SHOULD -> "F";
                        case WISE -> "w";
                    };
            case Verdict.Skipped s -> "-";
            case Verdict.Broken b -> "!";
        };
    }

    public void ends(Reports reports) {
        out.println();
        reports.judged().forEach(this::detail);
        skipped(reports);
        table(reports);
        out.flush();
    }

    private void detail(Judged judged) {
        switch (judged.verdict()) {
            case Verdict.Failed failed -> {
                heading(judged, judged.judged().severity().name());
                out.println("  expected  " + failed.expected());
                out.println("  saw       " + failed.seen());
                failed.exchange().ifPresent(this::exchange);
            }
            case Verdict.Broken broken -> {
                heading(judged, "BROKEN");
                out.println("  " + broken.what());
                broken.exchange().ifPresent(this::exchange);
            }
            case Verdict.Passed p -> {}
            case Verdict.Skipped s -> {}
        }
    }

    private void heading(Judged judged, String word) {
        var one = judged.judged();
        out.printf("%n%s  %s  %s (%s)%n", one.id(), word, one.title(), one.reference());
    }

    private void exchange(Verdict.Exchange exchange) {
        exchange.request().strip().lines().forEach(line -> out.println("  > " + line));
        var answer = exchange.answer().strip().lines().toList();
        answer.stream().limit(LINES).forEach(line -> out.println("  < " + line));
        if (answer.size() > LINES) {
            out.printf("  < … (%d lines more)%n", answer.size() - LINES);
        }
    }

    private void skipped(Reports reports) {
        var byReason = new LinkedHashMap<String, List<String>>();
        for (var one : reports.judged()) {
            if (one.verdict() instanceof Verdict.Skipped(var why)) {
                byReason.computeIfAbsent(why, reason -> new ArrayList<>()).add(one.judged().id());
            }
        }
        if (!byReason.isEmpty()) {
            out.printf("%nSkipped%n");
            byReason.forEach((why, ids) -> out.printf("  %s: %s%n", why, String.join(" ", ids)));
        }
    }

    private void table(Reports reports) {
        out.printf(
                "%n%-34s %6s %6s %6s %6s %6s %6s%n",
                "", "passed", "MUST", "SHOULD", "WISE", "skip", "broken");
        reports.areas().forEach((area, judged) -> row(area + "  " + Area.name(area), judged));
        row("All", reports.judged());
        out.printf("%n%d s%n", reports.took().toSeconds());
    }

    private void row(String name, List<Judged> judged) {
        var t = Totals.of(judged);
        out.printf(
                "%-34s %6s %6s %6s %6s %6s %6s%n",
                name,
                n(t.passed()),
                n(t.must()),
                n(t.should()),
                n(t.wise()),
                n(t.skipped()),
                n(t.broken()));
    }

    private static String n(int count) {
        return count == 0 ? "·" : Integer.toString(count);
    }
}
