package tandem.store;

import java.time.Instant;
import java.util.List;
import tandem.model.SigningKey;

/// The keys that sign tokens.
public interface SigningKeys {

    /// Adds one. False when another node has just added one of the same algorithm and state.
    boolean add(SigningKey key);

    void save(SigningKey key);

    List<SigningKey> all();

    int sweep(Instant now);
}
