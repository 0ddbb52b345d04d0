package tandem.model;

import java.time.Instant;
import java.util.Optional;

/// Which life of a database this is. An older copy that goes on begins the next one.
///
/// @param database its name, drawn at its first start; copies keep it
/// @param number counts the lives, from 1
/// @param starts how often it was taken into service; an older copy knows of fewer
/// @param copiedAt there while this is a copy that has not gone on yet
public record Epoch(String database, long number, long starts, Optional<Instant> copiedAt) {

    private static final String UNNAMED = "";

    /// The same under this name, unless it has one.
    public Epoch named(String name) {
        return database.equals(UNNAMED) ? new Epoch(name, number, starts, copiedAt) : this;
    }

    /// Whether there was a later state of this database than the one at hand.
    ///
    /// @param seen the most starts that anybody knows of
    public boolean older(long seen) {
        return copiedAt.isPresent() || seen > starts;
    }

    /// Taken into service as it was left.
    public Epoch started() {
        return new Epoch(database, number, starts + 1, copiedAt);
    }

    /// Taken into service although it is older than what was.
    ///
    /// @param seen the most starts that anybody knows of
    public Epoch restored(long seen) {
        return new Epoch(database, number + 1, Math.max(starts, seen) + 1, Optional.empty());
    }
}
