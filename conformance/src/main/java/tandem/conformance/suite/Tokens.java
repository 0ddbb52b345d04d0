package tandem.conformance.suite;

import java.util.Optional;
import tandem.conformance.wire.Answer;

/// What a device got in the end (RFC 6749 §5.1), and which device.
public record Tokens(Device device, Answer answer) {
    public String access() {
        return answer.text("access_token");
    }

    /// The refresh token, or the case ends: there are servers and clients without.
    public String refresh() {
        return answer.find("refresh_token")
                .orElseThrow(() -> new NotJudged("needs a refresh token, and none was issued"));
    }

    public String id() {
        return answer.find("id_token")
                .orElseThrow(() -> new NotJudged("needs an ID token, and none was issued"));
    }

    public Optional<String> scope() {
        return answer.find("scope");
    }
}
