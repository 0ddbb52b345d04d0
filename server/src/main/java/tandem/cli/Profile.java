package tandem.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One login as it is kept between commands.
///
/// @param expiresAt epoch seconds; absent where the server did not say
/// @param clientSecretFile where the app's secret is, never the secret
record Profile(
        String issuer,
        String clientId,
        Optional<String> clientSecretFile,
        Optional<String> audience,
        String scope,
        String accessToken,
        Optional<Long> expiresAt,
        Optional<String> refreshToken) {

    /// A file that someone has edited is checked like an argument: tokens go where it points.
    Profile {
        Objects.requireNonNull(TrustedUrl.parse(issuer), "issuer");
        Objects.requireNonNull(clientId, "client_id");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(accessToken, "access_token");
    }

    /// The same login with newer tokens. A server that does not rotate sends no refresh token, and
    /// one that does not narrow sends no scope: what was known stays true.
    Profile refreshed(Tokens tokens, Instant now) {
        return new Profile(
                issuer,
                clientId,
                clientSecretFile,
                audience,
                tokens.scope().orElse(scope),
                tokens.accessToken(),
                end(tokens, now),
                tokens.refreshToken().or(() -> refreshToken));
    }

    static Optional<Long> end(Tokens tokens, Instant now) {
        return tokens.lifetime().map(lifetime -> now.plus(lifetime).getEpochSecond());
    }

    /// An access token that does not say when it ends is never taken for fresh.
    boolean goodFor(Duration time, Instant now) {
        return expiresAt
                .map(end -> !now.plus(time).isAfter(Instant.ofEpochSecond(end)))
                .orElse(false);
    }

    ClientIdentity client(Map<String, String> environment) {
        return new ClientIdentity(
                clientId, ClientSecret.find(clientSecretFile.map(Path::of), environment));
    }

    @Override
    public String toString() {
        return "Profile[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
