package tandem.store;

import java.util.Optional;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.ClientGrant;
import tandem.model.Connection;
import tandem.model.Tenant;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;

/// Changes to what is registered. Each raises the revision of [tandem.model.Registered].
public interface Registry {

    void put(Tenant tenant);

    void put(Client client);

    void put(Api api);

    /// Keyed by client and audience: a second grant for the same pair replaces the first.
    void put(ClientGrant grant);

    void put(Connection connection);

    boolean removeClient(ClientId id);

    boolean removeApi(String identifier);

    boolean removeClientGrant(String id);

    boolean removeConnection(String name);

    /// The fingerprint of the resource last applied from a file under this name, so that applying
    /// the same file again changes nothing.
    ///
    /// @param name kind and identifier, such as `clients/tv`
    Optional<SecretHash> applied(String name);

    void applied(String name, SecretHash fingerprint);
}
