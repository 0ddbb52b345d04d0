package tandem.cli;

import java.net.URI;
import java.util.Optional;

/// Finds a server's endpoints from its issuer alone, [OpenID Connect Discovery
/// §4](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig).
final class Discovery {

    private static final String PATH = "/.well-known/openid-configuration";

    private final Wire wire;

    Discovery(Wire wire) {
        this.wire = wire;
    }

    /// One attempt: a mistyped address should be told at once.
    Endpoints of(TrustedUrl issuer) {
        return read(issuer, wire.get(issuer.below(PATH)));
    }

    /// As [#of], patiently: for a login that is known to have worked before.
    Endpoints of(TrustedUrl issuer, Retries retries) throws InterruptedException {
        return read(issuer, retries.until(() -> wire.get(issuer.below(PATH))));
    }

    private static Endpoints read(TrustedUrl issuer, Reply reply) {
        if (reply instanceof Reply.None none) {
            throw new CommandFailure(Exit.FAILED, "unreachable", none.reason());
        }
        if (!(reply instanceof Reply.Json metadata) || !metadata.ok()) {
            throw bad("%s publishes no endpoints: %s".formatted(issuer, reply.explained()));
        }
        String claimed = metadata.text("issuer").orElse("");
        if (!claimed.equals(issuer.text())) {
            throw new CommandFailure(
                    Exit.FAILED,
                    "issuer_mismatch",
                    "%s calls itself '%s'; if that is the one you mean, name it so"
                            .formatted(issuer, claimed));
        }
        return new Endpoints(
                issuer,
                endpoint(metadata, "token_endpoint")
                        .orElseThrow(() -> bad("the server has no token_endpoint")),
                endpoint(metadata, "device_authorization_endpoint"),
                endpoint(metadata, "revocation_endpoint"));
    }

    /// An endpoint in the clear would undo the rule that the issuer keeps.
    private static Optional<URI> endpoint(Reply.Json metadata, String name) {
        try {
            return metadata.text(name).map(TrustedUrl::parse).map(TrustedUrl::uri);
        } catch (IllegalArgumentException e) {
            throw bad(name + " of the server is refused: " + e.getMessage());
        }
    }

    private static CommandFailure bad(String description) {
        return new CommandFailure(Exit.FAILED, "invalid_metadata", description);
    }
}
