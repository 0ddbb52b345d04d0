package tandem.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tandem.model.Link;
import tandem.oauth.ClientId;

/// Linked devices.
public interface Links {

    /// Adds one. A second link of one device authorization is refused by the database itself.
    ///
    /// @throws StoreUnavailable never for a duplicate: that is an [IllegalStateException]
    void add(Link link);

    Optional<Link> byId(String id);

    /// Keeps a rotation. False when the stored generation is no longer `before`'s or the link has
    /// ended.
    boolean rotate(Link before, Link next);

    /// Whether a device may hold a later token of this link than the store has ever seen: the store
    /// went on from an older copy, and the link has not moved on since.
    boolean behind(String id);

    /// Keeps a link that an authentic later token has moved on; it is no longer behind. False when
    /// it was not, or another was first.
    boolean moveOn(Link before, Link next);

    /// Ends a live link. False when it had ended already.
    boolean end(String id, Link.By by, Instant at);

    /// Notes that the answer to its redemption was given a second time. False when it has been
    /// before, or the link has been refreshed or ended since.
    boolean replay(String id, Link.Seen seen);

    boolean rename(String id, String deviceName);

    /// Notes where and when the device was last heard.
    void seen(String id, Link.Seen seen);

    /// Links neither ended nor run out, newest first; empty filters match all.
    List<Link> live(Filter filter, Instant now, Page page);

    long countLive(Filter filter, Instant now);

    /// What to look for among links; an empty part matches all.
    record Filter(Optional<String> userId, Optional<ClientId> client) {

        public static final Filter ALL = new Filter(Optional.empty(), Optional.empty());

        public Filter user(String id) {
            return new Filter(Optional.of(id), client);
        }

        public Filter client(ClientId id) {
            return new Filter(userId, Optional.of(id));
        }
    }

    /// Forgets up to `limit` links that ended or ran out before `cutoff`; answers how many.
    int sweep(Instant cutoff, int limit);
}
