package tandem.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tandem.model.Approval;
import tandem.model.DeviceAuthorization;
import tandem.model.RowId;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;

/// The device authorizations, found by the hash of either code; a code itself is never stored.
public interface DeviceAuthorizations {

    /// Adds one. False when its id or user code is taken: draw again.
    boolean add(DeviceAuthorization asked);

    Optional<DeviceAuthorization> byId(RowId id);

    Optional<DeviceAuthorization> byDeviceCode(SecretHash deviceCode);

    /// The first that one of these keyed hashes finds.
    Optional<DeviceAuthorization> byUserCode(List<SecretHash> userCodes);

    /// `pending → approved`, only while it is pending and lives. False when another was first.
    boolean approve(RowId id, Approval approval, Instant now);

    /// `pending → denied`, only while it is pending and lives. False when another was first.
    boolean deny(RowId id, Instant now);

    /// Counts a wrong `code_verifier` against an approved one.
    void wrongVerifier(RowId id);

    /// `approved → redeemed`, only while it lives. False when another was first.
    boolean redeem(RowId id, String link, Instant now);

    /// Makes the expiry of one hold by every clock, before somebody is told of it: from here on it
    /// is neither approved, denied nor redeemed. True when nobody had decided, and its expiry was
    /// not marked before: for its event.
    boolean tellExpiry(RowId id);

    /// Hands over every one that has not expired, without holding them all.
    void forEachLive(Instant now, Consumer<Live> each);

    /// As much of a live one as a node keeps in memory.
    record Live(SecretHash deviceCode, ClientId client, Instant expiresAt, boolean pending) {}

    /// How many have not expired, by client; where there are very many, about how many.
    Map<ClientId, Long> countLive(Instant now);

    /// Marks up to `limit` pending ones that have expired, as [#tellExpiry] does, and answers them,
    /// each only once and the oldest first: for their event.
    ///
    /// @param from when the last ones taken had expired. Whoever begins before that reads over all
    ///   that PostgreSQL has not yet vacuumed away, again for each slice
    List<DeviceAuthorization> takeExpired(Instant from, Instant now, int limit);

    /// Forgets up to `limit` that expired before `cutoff`, the oldest first; answers when they had
    /// expired.
    ///
    /// @param from as for [#takeExpired]
    List<Instant> sweep(Instant from, Instant cutoff, int limit);
}
