package tandem.conformance.suite;

import java.util.Optional;

/// How a case ended.
public sealed interface Verdict {
    /// All is as it has to be.
    record Passed() implements Verdict {}

    /// The server did otherwise.
    ///
    /// @param exchange the request and answer in question, as text without secrets
    record Failed(String expected, String seen, Optional<Exchange> exchange) implements Verdict {}

    /// Could not be judged with what was given.
    record Skipped(String why) implements Verdict {}

    /// The suite itself failed to judge.
    record Broken(String what, Optional<Exchange> exchange) implements Verdict {}

    /// A request and its answer.
    record Exchange(String request, String answer) {}

    /// In one word, for reports.
    default String word() {
        return switch (this) {
            case Passed p -> "passed";
            case Failed f -> "failed";
            case Skipped s -> "skipped";
            case Broken b -> "broken";
        };
    }
}
