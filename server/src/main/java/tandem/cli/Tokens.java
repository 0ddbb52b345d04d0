package tandem.cli;

import java.time.Duration;
import java.util.Optional;

/// A successful answer of the token endpoint, [RFC 6749
/// §5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
record Tokens(
        String accessToken,
        String tokenType,
        Optional<Duration> lifetime,
        Optional<String> scope,
        Optional<String> refreshToken,
        Optional<String> idToken) {

    static Optional<Tokens> in(Reply.Json reply) {
        return reply.text("access_token")
                .map(accessToken ->
                        new Tokens(
                                accessToken,
                                reply.text("token_type").orElse("Bearer"),
                                reply.seconds("expires_in"),
                                reply.text("scope"),
                                reply.text("refresh_token"),
                                reply.text("id_token")));
    }

    @Override
    public String toString() {
        return "Tokens[" + tokenType + "]";
    }
}
