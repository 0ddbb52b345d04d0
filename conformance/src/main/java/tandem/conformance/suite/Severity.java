package tandem.conformance.suite;

/// How much a case weighs: what a specification demands, what it recommends, what is only wise.
public enum Severity {
    MUST,
    SHOULD,
    WISE
}
