package tandem.store;

import java.time.Instant;
import java.util.Optional;
import tandem.model.Entry;
import tandem.model.RowId;

/// Which session has entered which code.
public interface Entries {

    void add(Entry entry);

    void save(Entry entry);

    Optional<Entry> byId(String id);

    Optional<Entry> bySession(String session, RowId deviceAuthorization);

    /// Forgets up to `limit` entries made before `cutoff`; answers how many.
    int sweep(Instant cutoff, int limit);
}
