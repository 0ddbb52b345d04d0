package tandem.conformance.suite;

/// Ends a case that cannot be judged here, with the reason.
final class NotJudged extends RuntimeException {
    private final String why;

    NotJudged(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
