package tandem.cli;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the server answers a device that asks for codes, [RFC 8628
/// §3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2).
///
/// @param expiresAt by this machine's clock, from the moment the answer arrived
record Codes(
        String deviceCode,
        String userCode,
        URI verificationUri,
        Optional<URI> verificationUriComplete,
        Instant expiresAt,
        Duration lifetime,
        Duration interval) {

    /// What a scanned QR code should open.
    URI shortestWay() {
        return verificationUriComplete.orElse(verificationUri);
    }

    @Override
    public String toString() {
        return "Codes[expiresAt=" + expiresAt + "]";
    }
}
