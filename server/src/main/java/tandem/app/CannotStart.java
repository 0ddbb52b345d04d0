package tandem.app;

/// The server cannot start, for a reason the operator can remove: the message says how.
public final class CannotStart extends RuntimeException {

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
