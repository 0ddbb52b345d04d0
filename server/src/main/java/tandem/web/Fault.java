package tandem.web;

/// What can go wrong with a request before, or beside, what its endpoint decides.
public enum Fault {
    BAD_REQUEST(400),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TOO_LARGE(413),
    TOO_MANY(429),
    SERVER_ERROR(500),
    UNAVAILABLE(503);

    private final int status;

    Fault(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /// How one part of the server tells of faults: in JSON or as a page.
    @FunctionalInterface
    public interface Teller {

        /// Tells of a fault.
        ///
        /// @param id names the fault here and in the log; empty when nothing was logged
        Response tell(Fault fault, Request request, String id);
    }
}
