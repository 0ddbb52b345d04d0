package tandem.conformance.suite;

import java.util.EnumSet;
import java.util.Set;

/// One thing a server has to do, and how it is judged.
///
/// @param alone run by itself when all others are through, because it disturbs them
public record Case(
        String id,
        String title,
        String reference,
        Severity severity,
        Set<Need> needs,
        boolean alone,
        Check check) {

    /// Judges: returns when all is well, throws when it is not.
    @FunctionalInterface
    public interface Check {
        void judge(Scene scene);
    }

    /// `DA` of `DA-01`.
    public String area() {
        return id.substring(0, id.indexOf('-'));
    }

    public static Draft must(String id, String title, String reference) {
        return new Draft(id, title, reference, Severity.MUST);
    }

    public static Draft should(String id, String title, String reference) {
        return new Draft(id, title, reference, Severity.SHOULD);
    }

    public static Draft wise(String id, String title, String reference) {
        return new Draft(id, title, reference, Severity.WISE);
    }

    /// A case whose check is still to be said.
    public static final class Draft {
        private final String id;
        private final String title;
        private final String reference;
        private final Severity severity;
        private final Set<Need> needs = EnumSet.noneOf(Need.class);
        private boolean alone;

        private Draft(String id, String title, String reference, Severity severity) {
            this.id = id;
            this.title = title;
            this.reference = reference;
            this.severity = severity;
        }

        public Draft needs(Need... more) {
            needs.addAll(Set.of(more));
            return this;
        }

        public Draft alone() {
            alone = true;
            return this;
        }

        public Case judged(Check check) {
            return new Case(id, title, reference, severity, Set.copyOf(needs), alone, check);
        }
    }
}
