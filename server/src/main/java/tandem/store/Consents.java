package tandem.store;

import java.util.List;
import java.util.Optional;
import tandem.model.Consent;
import tandem.oauth.ClientId;

/// What people have consented to.
public interface Consents {

    Optional<Consent> find(String userId, ClientId client, String api);

    /// Adds or replaces the one for this person, client and API.
    void put(Consent consent);

    Optional<Consent> byId(String id);

    boolean remove(String id);

    /// In order of giving; empty filters match all.
    List<Consent> page(Optional<String> userId, Optional<ClientId> client, Page page);

    long count(Optional<String> userId, Optional<ClientId> client);
}
