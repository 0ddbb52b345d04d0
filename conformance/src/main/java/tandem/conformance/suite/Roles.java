package tandem.conformance.suite;

import java.util.Optional;

/// Who takes part: clients, an API, a web origin, and what is asked for.
///
/// @param apiParameter the parameter that names the API: `resource` (RFC 8707) or `audience`
public record Roles(
        Client device,
        Optional<Client> other,
        Optional<Client> confidential,
        Optional<Client> ungranted,
        Optional<Client> shortLived,
        Optional<String> api,
        String apiParameter,
        Optional<String> origin,
        Optional<String> scope) {}
