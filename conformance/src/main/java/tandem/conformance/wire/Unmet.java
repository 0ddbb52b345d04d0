package tandem.conformance.wire;

import java.util.Optional;

/// An expectation that an answer did not meet: ends the case that had it.
public final class Unmet extends RuntimeException {
    private final String expected;
    private final String seen;
    private final Optional<Answer> answer;

    public Unmet(String expected, String seen) {
        this(expected, seen, Optional.empty());
    }

    public Unmet(String expected, String seen, Answer answer) {
        this(expected, seen, Optional.of(answer));
    }

    private Unmet(String expected, String seen, Optional<Answer> answer) {
        super("expected " + expected + ", saw " + seen);
        this.expected = expected;
        this.seen = seen.isBlank() ? "nothing" : Veil.over(seen);
        this.answer = answer;
    }

    public String expected() {
        return expected;
    }

    public String seen() {
        return seen;
    }

    public Optional<Answer> answer() {
        return answer;
    }
}
