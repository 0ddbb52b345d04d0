package tandem.web;

import java.io.IOException;

/// An address on which nobody can listen now: taken, forbidden, or not this machine's.
public final class CannotListen extends RuntimeException {

    private final String host;
    private final int port;
    private final IOException reason;

    CannotListen(String host, int port, IOException reason) {
        super("cannot listen on " + host + " port " + port, reason);
        this.host = host;
        this.port = port;
        this.reason = reason;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /// What the system said.
    public IOException reason() {
        return reason;
    }
}
