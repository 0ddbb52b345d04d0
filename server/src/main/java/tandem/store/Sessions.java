package tandem.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tandem.model.Session;
import tandem.oauth.SecretHash;

/// Browsers' sessions.
public interface Sessions {

    void add(Session session);

    Optional<Session> byToken(SecretHash token);

    Optional<Session> byId(String id);

    /// Replaces token, person, times and origin of the session with this id.
    void save(Session session);

    /// Signed-in sessions of a person, last used first.
    List<Session> of(String userId);

    boolean remove(String id);

    void removeAllOf(String userId);

    /// Forgets up to `limit` sessions whose time is over; answers how many.
    int sweep(Instant now, int limit);
}
