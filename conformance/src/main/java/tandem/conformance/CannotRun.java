package tandem.conformance;

/// Something is missing without which nothing can be judged.
final class CannotRun extends RuntimeException {
    private final String why;

    CannotRun(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
