package tandem.conformance.suite;

import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tandem.conformance.person.Approver;
import tandem.conformance.person.Person;
import tandem.conformance.wire.Wire;

/// All that a run has to hand, the same for every case.
public record Stage(
        Wire wire,
        Metadata metadata,
        Roles roles,
        Optional<Person> person,
        Optional<Approver> approver,
        boolean plainPages,
        boolean limitsMayBeTripped,
        RandomGenerator random) {

    /// The first need of a case that is not met.
    Optional<Need> missing(Set<Need> needs) {
        return needs.stream().sorted().filter(need -> !has(need)).findFirst();
    }

    boolean has(Need need) {
        return switch (need) {
            case METADATA -> metadata.document().isPresent();
            case OTHER_CLIENT -> roles.other().isPresent();
            case CONFIDENTIAL_CLIENT -> roles.confidential().isPresent();
            case UNGRANTED_CLIENT -> roles.ungranted().isPresent();
            case SHORT_LIFETIME -> roles.shortLived().isPresent();
            case ORIGIN -> roles.origin().isPresent();
            case API -> roles.api().isPresent();
            case APPROVER -> approver.isPresent();
            case PAGES -> plainPages && person.isPresent();
            case REFRESH -> metadata.allows("grant_types_supported", "refresh_token");
            case REVOCATION -> metadata.uri("revocation_endpoint").isPresent();
            case INTROSPECTION -> metadata.uri("introspection_endpoint").isPresent();
            case USERINFO -> metadata.uri("userinfo_endpoint").isPresent();
            case KEYS -> metadata.uri("jwks_uri").isPresent();
            case OPENID -> scope().contains("openid");
            case PKCE -> metadata.list("code_challenge_methods_supported").contains("S256");
            case DPOP -> !metadata.list("dpop_signing_alg_values_supported").isEmpty();
            case KEY_AUTHENTICATION ->
                    metadata.list("token_endpoint_auth_methods_supported")
                            .contains("private_key_jwt");
            case TLS -> metadata.issuer().startsWith("https:");
            case LIMITS -> limitsMayBeTripped;
        };
    }

    /// What a device asks for where nothing else is said.
    String scope() {
        return roles.scope()
                .orElseGet(() ->
                        metadata.allows("scopes_supported", "offline_access")
                                ? "openid offline_access"
                                : "openid");
    }
}
