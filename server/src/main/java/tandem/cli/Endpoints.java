package tandem.cli;

import java.net.URI;
import java.util.Optional;

/// Where a server's endpoints are, as it says itself.
record Endpoints(
        TrustedUrl issuer,
        URI token,
        Optional<URI> deviceAuthorization,
        Optional<URI> revocation) {}
