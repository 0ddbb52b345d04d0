package tandem.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.oauth.ClientId;

/// The one stream of what happened; it grows at its end, and is forgotten from its beginning.
public interface Events {

    /// Counting further would take a reader longer than the answer is worth.
    int COUNT_MAX = 100_000;

    default void add(Event event) {
        add(List.of(event));
    }

    /// In this order.
    void add(List<Event> events);

    /// An event with its place in the stream.
    record Logged(long id, Event event) {}

    /// After the place `from` (0 for the start), oldest first.
    List<Logged> after(long from, Filter filter, int limit);

    /// Newest first.
    List<Logged> newest(Filter filter, Page page);

    /// How many there are, counted up to [#COUNT_MAX].
    long count(Filter filter);

    Optional<Logged> byId(long id);

    /// Forgets up to `limit` of the oldest that happened before `cutoff`, and answers how many; or
    /// all of a stretch of time at once, where the database keeps them so.
    int sweep(Instant now, Instant cutoff, int limit);

    /// What to look for among events; an empty part matches all.
    record Filter(
            Optional<EventType> type,
            Optional<String> userId,
            Optional<ClientId> client,
            Optional<String> link) {

        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
