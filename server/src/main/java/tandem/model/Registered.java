package tandem.model;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tandem.oauth.ClientId;

/// Everything the operator has registered, as one unchanging picture.
///
/// Small enough to be held in memory whole, so that a pending poll needs no query; a transaction
/// that decides looks at its revision anew.
///
/// @param revision grows with every change
public record Registered(
        long revision,
        Tenant tenant,
        Map<ClientId, Client> clients,
        Map<String, Api> apis,
        List<ClientGrant> clientGrants,
        List<Connection> connections) {

    public static Registered of(
            long revision,
            Tenant tenant,
            Collection<Client> clients,
            Collection<Api> apis,
            List<ClientGrant> clientGrants,
            List<Connection> connections) {
        return new Registered(
                revision,
                tenant,
                clients.stream().collect(Collectors.toUnmodifiableMap(Client::id, same())),
                apis.stream().collect(Collectors.toUnmodifiableMap(Api::identifier, same())),
                List.copyOf(clientGrants),
                List.copyOf(connections));
    }

    private static <T> Function<T, T> same() {
        return Function.identity();
    }

    public Optional<Client> client(ClientId id) {
        return Optional.ofNullable(clients.get(id));
    }

    public Optional<Api> api(String identifier) {
        return Optional.ofNullable(apis.get(identifier));
    }

    /// Those of the APIs that are still there.
    public List<Api> apis(List<String> identifiers) {
        return identifiers.stream().flatMap(identifier -> api(identifier).stream()).toList();
    }

    public Optional<ClientGrant> clientGrant(ClientId client, String audience) {
        return clientGrants.stream()
                .filter(grant -> grant.client().equals(client) && grant.audience().equals(audience))
                .findFirst();
    }

    public Optional<Connection> connection(String name) {
        return connections.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /// Until when an access token of a link may still live: an API that verifies it offline cannot
    /// know that the link has ended.
    public Instant accessTokensUntil(Link link) {
        return link.access().apis().stream()
                .flatMap(identifier -> api(identifier).stream())
                .map(api -> link.last().at().plus(api.tokenLifetime()))
                .max(Instant::compareTo)
                .orElse(link.last().at());
    }

    /// The login options of a client, in the operator's order.
    public List<Connection> connectionsOf(Client client) {
        return connections.stream()
                .filter(c -> client.connections().map(n -> n.contains(c.name())).orElse(true))
                .toList();
    }
}
