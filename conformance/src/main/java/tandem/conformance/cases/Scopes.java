package tandem.conformance.cases;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scopes as a set of words (RFC 6749 §3.3).
final class Scopes {
    private Scopes() {}

    static Set<String> of(String scope) {
        return Stream.of(scope.strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    static String without(String scope, String word) {
        return Stream.of(scope.split(" +"))
                .filter(one -> !one.equals(word))
                .collect(Collectors.joining(" "));
    }
}
