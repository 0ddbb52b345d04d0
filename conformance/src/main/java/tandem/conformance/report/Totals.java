package tandem.conformance.report;

import java.util.List;
import tandem.conformance.suite.Judged;
import tandem.conformance.suite.Severity;
import tandem.conformance.suite.Verdict;

/// How many cases ended how.
public record Totals(int passed, int must, int should, int wise, int skipped, int broken) {
    public static Totals of(List<Judged> judged) {
        return new Totals(
                count(judged, Verdict.Passed.class),
                failed(judged, Severity.MUST),
                failed(judged, Severity.SHOULD),
                failed(judged, Severity.WISE),
                count(judged, Verdict.Skipped.class),
                count(judged, Verdict.Broken.class));
    }

    public int failed() {
        return must + should + wise;
    }

    public int all() {
        return passed + failed() + skipped + broken;
    }

    private static int count(List<Judged> judged, Class<? extends Verdict> kind) {
        return (int) judged.stream().filter(one -> kind.isInstance(one.verdict())).count();
    }

    private static int failed(List<Judged> judged, Severity severity) {
        return (int) judged.stream().filter(one -> one.failed(severity)).count();
    }
}
