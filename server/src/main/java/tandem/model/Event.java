package tandem.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tandem.oauth.ClientId;

/// Something that happened, kept in the same transaction as the change it tells of.
///
/// @param about who and what it concerns
/// @param details short facts by name; never a secret
public record Event(EventType type, Instant at, About about, Map<String, String> details) {

    public Event {
        details = Map.copyOf(details);
    }

    /// The subjects of an event; an operator filters by them.
    public record About(
            Optional<String> userId,
            Optional<ClientId> client,
            Optional<String> link,
            Optional<RowId> deviceAuthorization,
            Optional<Origin> origin) {

        public static final About NOTHING =
                new About(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        public static About of(DeviceAuthorization asked) {
            return NOTHING.client(asked.client()).deviceAuthorization(asked.id());
        }

        public static About of(Link link) {
            return new About(
                    Optional.of(link.userId()),
                    Optional.of(link.client()),
                    Optional.of(link.id()),
                    Optional.of(link.deviceAuthorization()),
                    Optional.empty());
        }

        public About user(String id) {
            return new About(Optional.of(id), client, link, deviceAuthorization, origin);
        }

        public About client(ClientId id) {
            return new About(userId, Optional.of(id), link, deviceAuthorization, origin);
        }

        public About deviceAuthorization(RowId id) {
            return new About(userId, client, link, Optional.of(id), origin);
        }

        public About link(String id) {
            return new About(userId, client, Optional.of(id), deviceAuthorization, origin);
        }

        public About from(Origin where) {
            return new About(userId, client, link, deviceAuthorization, Optional.of(where));
        }
    }

    public static Event of(EventType type, Instant at, About about) {
        return new Event(type, at, about, Map.of());
    }
}
