package tandem.cli;

/// Ends a command: nothing it can do will help, a person has to.
///
/// The error is a short word for programs, the description a sentence for people. Neither ever
/// holds a token or a secret.
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final String error;

    CommandFailure(Exit exit, String error, String description) {
        super(description, null, false, false);
        this.exit = exit;
        this.error = error;
    }

    Exit exit() {
        return exit;
    }

    String error() {
        return error;
    }

    String description() {
        return String.valueOf(getMessage());
    }
}
