package tandem.conformance;

/// Something is missing without which nothing can be judged.
final class CannotRun extends RuntimeException {
    CannotRun(String why) {
        super(why);
    }
}
