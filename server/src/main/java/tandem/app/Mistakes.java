package tandem.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Collects what is wrong while everything else is read on, so that all of it is told at once.
final class Mistakes {

    private final List<Mistake> inFile = new ArrayList<>();
    private final List<String> inEnvironment = new ArrayList<>();

    void add(Given given, String message) {
        if (given.inEnvironment()) {
            inEnvironment(given.place(), message);
        } else {
            inFile.add(new Mistake(given.place(), message));
        }
    }

    void inFile(String path, String message) {
        inFile.add(new Mistake(path, message));
    }

    void inEnvironment(String variable, String message) {
        inEnvironment.add(Printable.of(variable + ": " + message));
    }

    List<Mistake> inFile() {
        return inFile;
    }

    List<String> inEnvironment() {
        return inEnvironment;
    }

    /// Reads a single value; empty when it is not one or not a good one, which is then told.
    <T> Optional<T> scalar(Given given, Function<String, Parsed<T>> parser) {
        if (!given.isScalar()) {
            add(given, "is not a single value");
            return Optional.empty();
        }
        return switch (parser.apply(given.text())) {
            case Parsed.Good<T>(var value) -> Optional.of(value);
            case Parsed.Bad<T>(var why) -> {
                add(given, why);
                yield Optional.empty();
            }
        };
    }
}
