package tandem.model;

import java.time.Duration;
import java.time.Instant;
import tandem.oauth.ClientId;
import tandem.oauth.DeviceCode;
import tandem.oauth.Scopes;
import tandem.oauth.SecretHash;

/// One device's request to be linked, from `/oauth/device/code` until it is spent. [RFC 8628
/// §3](https://www.rfc-editor.org/rfc/rfc8628#section-3)
///
/// Expiry is not a state: it is `now` against [#expiresAt()], until it is told; then it holds by
/// every clock. `pending` becomes `approved` or `denied`, `approved` becomes `redeemed`; nothing
/// else ever changes.
///
/// @param userCode keyed, since the code is short
/// @param expiryTold whether somebody was told that it has expired
/// @param wrongVerifiers how often redemption was tried with a wrong `code_verifier`
public record DeviceAuthorization(
        RowId id,
        SecretHash deviceCode,
        SecretHash userCode,
        Request request,
        Instant askedAt,
        Instant expiresAt,
        boolean expiryTold,
        int wrongVerifiers,
        State state) {

    /// An ended one is remembered for this long after its expiry, so that `expired_token` can be
    /// told from a code that never was.
    public static final Duration REMEMBERED_AFTER_EXPIRY = Duration.ofMinutes(15);

    /// So many wrong verifiers end the codes: whoever sends them holds a device code that is not
    /// theirs.
    public static final int WRONG_VERIFIERS_MAX = 5;

    public sealed interface State {
        record Pending() implements State {}

        record Approved(Approval approval) implements State {}

        record Denied(Instant at) implements State {}

        record Redeemed(String link, Instant at) implements State {}
    }

    /// What a poll comes to, as far as the store decides it; pace is asked only while pending. [RFC
    /// 8628 §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)
    public sealed interface Poll {
        record Pending() implements Poll {}

        record Approved(Approval approval) implements Poll {}

        record Denied() implements Poll {}

        record Expired() implements Poll {}

        record Spent() implements Poll {}
    }

    public static DeviceAuthorization asked(
            RowId id,
            DeviceCode deviceCode,
            SecretHash userCode,
            Request request,
            Duration lifetime,
            Instant now) {
        return new DeviceAuthorization(
                id,
                deviceCode.hash(),
                userCode,
                request,
                now,
                now.plus(lifetime),
                false,
                0,
                new State.Pending());
    }

    /// What the device asked for.
    ///
    /// @param origin where it asked from
    public record Request(
            ClientId client, Access access, Binding binding, Origin origin, DeviceFacts device) {}

    public ClientId client() {
        return request.client();
    }

    public Access access() {
        return request.access();
    }

    public Scopes requested() {
        return access().scopes();
    }

    public Binding binding() {
        return request.binding();
    }

    public Origin origin() {
        return request.origin();
    }

    public DeviceFacts device() {
        return request.device();
    }

    /// Decides a poll at `now`, in the order consumed, expired, denied, approved, pending.
    public Poll poll(Instant now) {
        if (state instanceof State.Redeemed || wrongVerifiers >= WRONG_VERIFIERS_MAX) {
            return new Poll.Spent();
        }
        if (expired(now)) {
            return new Poll.Expired();
        }
        return switch (state) {
            case State.Pending() -> new Poll.Pending();
            case State.Approved(var approval) -> new Poll.Approved(approval);
            case State.Denied(var at) -> new Poll.Denied();
            case State.Redeemed(var link, var at) -> new Poll.Spent();
        };
    }

    public boolean expired(Instant now) {
        return expiryTold || !now.isBefore(expiresAt);
    }

    /// True while a person may still decide.
    public boolean undecided(Instant now) {
        return state instanceof State.Pending && !expired(now);
    }
}
