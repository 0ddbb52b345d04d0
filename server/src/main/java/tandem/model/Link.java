package tandem.model;

import java.time.Instant;
import java.util.Optional;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.oauth.SecretHash;

/// The lasting authorization of one device, from redemption until it is unlinked or runs out. [RFC
/// 6749 §1.3](https://www.rfc-editor.org/rfc/rfc6749#section-1.3)
///
/// Every redemption makes one, with or without a refresh token; its id is the `sid` of its tokens.
///
/// @param key thumbprint of the DPoP key its refresh tokens are bound to ([RFC 9449
///   §5](https://www.rfc-editor.org/rfc/rfc9449#section-5))
/// @param expiresAt the absolute end; rotation does not extend it
/// @param first where the device asked from when it was linked
/// @param last where it was last heard from
/// @param replayed when and to where its first answer was given a second time
public record Link(
        String id,
        RowId deviceAuthorization,
        String userId,
        ClientId client,
        Access access,
        Optional<String> key,
        Authentication authentication,
        String deviceName,
        Seen first,
        Seen last,
        Instant expiresAt,
        Optional<Refresh> refresh,
        Optional<Seen> replayed,
        Optional<Ended> ended) {

    /// The link that a redemption makes.
    public static Link of(
            String id,
            DeviceAuthorization asked,
            Approval approval,
            Access access,
            Optional<String> key,
            String deviceName,
            Seen seen,
            Instant expiresAt,
            Optional<Refresh> refresh) {
        return new Link(
                id,
                asked.id(),
                approval.userId(),
                asked.client(),
                access,
                key,
                approval.authentication(),
                deviceName,
                seen,
                seen,
                expiresAt,
                refresh,
                Optional.empty(),
                Optional.empty());
    }

    public Scopes scopes() {
        return access.scopes();
    }

    /// When and from where the device was heard.
    public record Seen(Instant at, Origin origin) {}

    /// The refresh tokens of a link: only the current one and, for the leeway, the one before it.
    ///
    /// @param idleUntil when a link that is not used ends
    public record Refresh(
            int generation,
            SecretHash current,
            Optional<SecretHash> previous,
            Instant rotatedAt,
            Instant idleUntil) {}

    public record Ended(By by, Instant at) {}

    /// Who ended a link.
    public enum By {
        USER,
        OPERATOR,
        DEVICE,
        REUSE,
        LIMIT,
        CONSENT,
        REMOVED
    }

    /// What presenting a refresh token comes to. [RFC 9700
    /// §4.14.2](https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2)
    public sealed interface Rotation {
        /// The token was the current one; `next` is the link to keep.
        record Rotated(Link next) implements Rotation {}

        /// The token was the previous one, within the leeway: the same successor is answered.
        record Repeated() implements Rotation {}

        /// An older token came back: one of two holders is a thief, and the link ends.
        record Reused(Link ended) implements Rotation {}

        /// A token was given that this link knows nothing of. Only where the store went on from an
        /// older copy can that be, and there the link moves on ([Link#moveOn]).
        record Ahead() implements Rotation {}

        /// There is nothing to refresh any more.
        record Gone() implements Rotation {}
    }

    public boolean live(Instant now) {
        return ended.isEmpty() && now.isBefore(overAt());
    }

    /// When it ended or, if nothing happens, will have run out.
    public Instant overAt() {
        var idleUntil = refresh.map(Refresh::idleUntil).orElse(expiresAt);
        var runsOut = idleUntil.isBefore(expiresAt) ? idleUntil : expiresAt;
        return ended.map(Ended::at).orElse(runsOut);
    }

    /// Decides what an authentic token of this link comes to.
    ///
    /// @param presented generation and hash of the token
    /// @param successor hash of the token that would follow it
    public Rotation rotate(
            Presented presented, SecretHash successor, RefreshPolicy policy, Seen seen) {
        if (refresh.isEmpty() || !live(seen.at())) {
            return new Rotation.Gone();
        }
        var held = refresh.get();
        if (presented.generation() > held.generation()) {
            return new Rotation.Ahead();
        }
        if (presented.hash().matches(held.current())) {
            return new Rotation.Rotated(moveOn(presented, successor, policy, seen));
        }
        if (repeats(held, presented, policy, seen.at())) {
            return new Rotation.Repeated();
        }
        return new Rotation.Reused(end(By.REUSE, seen.at()));
    }

    /// The link with the successor of the presented token as its current one.
    public Link moveOn(Presented presented, SecretHash successor, RefreshPolicy policy, Seen seen) {
        var next =
                new Refresh(
                        presented.generation() + 1,
                        successor,
                        Optional.of(presented.hash()),
                        seen.at(),
                        seen.at().plus(policy.idleLifetime()));
        return with(seen, Optional.of(next), ended);
    }

    private static boolean repeats(
            Refresh held, Presented presented, RefreshPolicy policy, Instant now) {
        return held.previous().map(presented.hash()::matches).orElse(false)
                && !now.isAfter(held.rotatedAt().plus(policy.leeway()));
    }

    /// Until when a token that is presented now will be taken, if it is now.
    ///
    /// @param behind whether a later token than the current one would move the link on
    public Optional<Instant> takenUntil(
            Presented presented, boolean behind, RefreshPolicy policy, Instant now) {
        if (refresh.isEmpty() || !live(now)) {
            return Optional.empty();
        }
        var held = refresh.get();
        boolean ahead = behind && presented.generation() > held.generation();
        if (ahead || presented.hash().matches(held.current())) {
            return Optional.of(overAt());
        }
        var leewayOver = held.rotatedAt().plus(policy.leeway());
        return repeats(held, presented, policy, now)
                ? Optional.of(leewayOver.isBefore(overAt()) ? leewayOver : overAt())
                : Optional.empty();
    }

    /// An authentic refresh token, as far as the decision needs it.
    public record Presented(int generation, SecretHash hash) {}

    public Link end(By by, Instant at) {
        return with(last, refresh, Optional.of(new Ended(by, at)));
    }

    private Link with(Seen seen, Optional<Refresh> nextRefresh, Optional<Ended> nextEnded) {
        return new Link(
                id,
                deviceAuthorization,
                userId,
                client,
                access,
                key,
                authentication,
                deviceName,
                first,
                seen,
                expiresAt,
                nextRefresh,
                replayed,
                nextEnded);
    }
}
