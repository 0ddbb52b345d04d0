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
        TokenDialect tokenDialect,
        List<DetailType> detailTypes) {

    public static final Duration TOKEN_LIFETIME = Duration.ofHours(1);
    public static final Duration TOKEN_LIFETIME_MAX = Duration.ofDays(30);

    /// One scope, and what it means in words a person understands.
    public record Scope(String value, String description) {}

    /// A type of `authorization_details` that the API knows ([RFC 9396
    /// §2](https://www.rfc-editor.org/rfc/rfc9396#section-2)), and what it means in words.
    public record DetailType(String type, String description) {}

    public Api {
        scopes = List.copyOf(scopes);
        detailTypes = List.copyOf(detailTypes);
    }

    /// One that knows no authorization details.
    public Api(
            String identifier,
            String name,
            List<Scope> scopes,
            Duration tokenLifetime,
            boolean allowOfflineAccess,
            SigningAlgorithm signingAlg,
            TokenDialect tokenDialect) {
        this(
                identifier,
                name,
                scopes,
                tokenLifetime,
                allowOfflineAccess,
                signingAlg,
                tokenDialect,
                List.of());
    }

    public Optional<DetailType> detailType(String type) {
        return detailTypes.stream().filter(known -> known.type().equals(type)).findFirst();
    }

    public Optional<Scope> scope(String value) {
        return scopes.stream().filter(scope -> scope.value().equals(value)).findFirst();
    }
}
