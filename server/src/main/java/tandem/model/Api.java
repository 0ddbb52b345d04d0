package tandem.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A registered resource server: the audience of access tokens. [RFC 8707
/// §2](https://www.rfc-editor.org/rfc/rfc8707#section-2)
public record Api(
        String identifier,
        String name,
        List<Scope> scopes,
        Duration tokenLifetime,
        boolean allowOfflineAccess,
        SigningAlgorithm signingAlg,
        TokenDialect tokenDialect) {

    public static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    public static final Duration TOKEN_LIFETIME_MAX = Duration.ofDays(30);

    /// One scope, and what it means in words a person understands.
    public record Scope(String value, String description) {}

    public Api {
        scopes = List.copyOf(scopes);
    }

    public Optional<Scope> scope(String value) {
        return scopes.stream().filter(scope -> scope.value().equals(value)).findFirst();
    }
}
