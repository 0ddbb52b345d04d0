package tandem.store;

import java.util.Optional;
import tandem.model.Logo;

/// The logos, by the path they are served under.
public interface Logos {

    /// Adds one, unless it is there: its path says what it holds.
    void add(Logo logo);

    Optional<Logo> at(String path);
}
