package tandem.conformance.suite;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import tandem.conformance.wire.Answer;

/// What a device was given to begin with (RFC 8628 §3.2).
public record Codes(
        Answer answer, String deviceCode, String userCode, Duration lifetime, Duration interval) {

    /// RFC 8628 §3.2: without an interval, clients take five seconds.
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);

    static Codes of(Answer answer) {
        if (answer.status() != 200) {
            throw new Stuck("no codes were given: " + answer.told(), answer);
        }
        return new Codes(
                answer,
                answer.text("device_code"),
                answer.text("user_code"),
                Duration.ofSeconds(answer.json().path("expires_in").asInt(600)),
                answer.has("interval")
                        ? Duration.ofSeconds(answer.json().path("interval").asInt(5))
                        : USUAL_INTERVAL);
    }

    public URI page() {
        return URI.create(answer.text("verification_uri"));
    }

    /// The address that brings the code along, where the server gives one.
    public Optional<URI> pageWithCode() {
        return answer.find("verification_uri_complete").map(URI::create);
    }
}
