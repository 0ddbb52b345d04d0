package tandem.app;

import java.util.List;
import tandem.model.Api;
import tandem.store.Store;
import tandem.store.sql.StoreLimits;

/// Opens the store that a server is to keep everything in.
@FunctionalInterface
public interface Opening {
    Store open(String url, List<Api> builtIn, StoreLimits limits);
}
