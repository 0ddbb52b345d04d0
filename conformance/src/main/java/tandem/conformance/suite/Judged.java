package tandem.conformance.suite;

import java.time.Duration;

/// A case and how it ended.
public record Judged(Case judged, Verdict verdict, Duration took) {
    public boolean failed(Severity severity) {
        return verdict instanceof Verdict.Failed && judged.severity() == severity;
    }
}
