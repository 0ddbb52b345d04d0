package tandem.store;

import java.time.Instant;
import java.util.Optional;
import tandem.model.Trip;
import tandem.oauth.SecretHash;

/// Trips to OpenID providers that have not come back yet.
public interface Trips {

    void add(Trip trip);

    /// Removes and answers it: a trip comes back once.
    Optional<Trip> take(SecretHash state);

    /// Forgets up to `limit` that started before `cutoff`; answers how many.
    int sweep(Instant cutoff, int limit);
}
