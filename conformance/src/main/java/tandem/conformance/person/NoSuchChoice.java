package tandem.conformance.person;

/// Ends a case whose person cannot do as they wish: the pages offer no way to refuse.
public final class NoSuchChoice extends RuntimeException {
    public NoSuchChoice() {
        super("pages on which a person can refuse");
    }

    /// What is missing, after the word "needs".
    public String what() {
        return "pages on which a person can refuse";
    }
}
