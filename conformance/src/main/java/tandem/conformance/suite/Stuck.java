package tandem.conformance.suite;

import java.util.Optional;
import tandem.conformance.wire.Answer;

/// Ends a case whose preparation failed: nothing is said about the server.
public final class Stuck extends RuntimeException {
    private final String what;
    private final Optional<Answer> answer;

    public Stuck(String what) {
        super(what);
        this.what = what;
        answer = Optional.empty();
    }

    Stuck(String what, Answer answer) {
        super(what);
        this.what = what;
        this.answer = Optional.of(answer);
    }

    String what() {
        return what;
    }

    Optional<Answer> answer() {
        return answer;
    }
}
