package tandem.device;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import tandem.model.Client;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceAuthorization.Poll;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.oauth.DeviceCode;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Profile;
import tandem.store.Signal;
import tandem.token.ClientRequest;
import tandem.token.Grant;
import tandem.token.TokenIssuer;
import tandem.token.TokenResponse;
import tandem.web.ClientAddress;
import tandem.web.Limits.Limit;
import tandem.web.OAuthAnswer;
import tandem.web.Request;

/// One poll of a device. [RFC 8628 §3.4 and
/// §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.4)
///
/// Memory answers while the person decides; every other end is read from the store, in the
/// transaction that makes it true.
record DeviceCodeGrant(DeviceFlow flow, TokenIssuer issuer) implements Grant {

    /// Proxies end silent connections after a minute or so.
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    @Override
    public GrantType type() {
        return GrantType.DEVICE_CODE;
    }

    @Override
    public Outcome<TokenResponse> exchange(ClientRequest asked) {
        var text = asked.form().text("device_code");
        if (text.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_REQUEST, "device_code is missing");
        }
        var code = new DeviceCode(text.get());
        var wait = asked.request().wait(WAIT_MAX);
        return wait.isZero() ? poll(asked, code) : longPoll(asked, code, wait);
    }

    private Outcome<TokenResponse> poll(ClientRequest asked, DeviceCode code) {
        if (flowIsOff()) {
            return askStore(asked, code, this::waited);
        }
        return switch (flow.live().poll(code.hash(), asked.client().id(), flow.now())) {
            case LiveCodes.Hint.Waiting() -> new Outcome.Refused<>(OAuthAnswer.PENDING);
            case LiveCodes.Hint.TooSoon(var interval) -> slowDown(interval);
            case LiveCodes.Hint.Stranger() -> unknown(asked.request());
            case LiveCodes.Hint.AskStore(var stretch) ->
                    askStore(asked, code, pending -> waiting(asked.client(), pending, stretch));
        };
    }

    /// Waits first, where there is room, and says so. [RFC 7240
    /// §4.3](https://www.rfc-editor.org/rfc/rfc7240#section-4.3)
    private Outcome<TokenResponse> longPoll(ClientRequest asked, DeviceCode code, Duration wait) {
        var request = asked.request();
        learn(asked.client(), code);
        var wake =
                request.aside(() ->
                        flow.live()
                                .await(
                                        code.hash(),
                                        asked.client().id(),
                                        request.address(),
                                        wait,
                                        flow.clock()));
        if (wake.isEmpty()) {
            return poll(asked, code);
        }
        boolean pending =
                !flowIsOff()
                        && (wake.get() == LiveCode.Wake.REPLACED
                                || flow.live().look(code.hash(), flow.now())
                                        instanceof LiveCodes.Hint.Waiting);
        return switch (pending
                ? new Outcome.Refused<TokenResponse>(OAuthAnswer.PENDING)
                : askStore(asked, code, this::waited)) {
            case Outcome.Ok<TokenResponse>(var response) -> Outcome.ok(response.waited(wait));
            case Outcome.Refused<TokenResponse>(var refusal) ->
                    new Outcome.Refused<>(refusal.waited(wait));
        };
    }

    /// Knows a code that another node gave, before waiting at it: known first, then seen pending.
    private void learn(Client client, DeviceCode code) {
        for (int look = 1; look <= 2 && flow.store().hearing() != 0; look++) {
            if (!(flow.live().look(code.hash(), flow.now())
                    instanceof LiveCodes.Hint.AskStore(var stretch))) {
                return;
            }
            var found = found(client, code).filter(asked -> asked.undecided(flow.now()));
            if (found.isEmpty()) {
                return;
            }
            flow.live().pending(found.get(), client.deviceAuthorization().interval(), stretch);
        }
    }

    private Optional<DeviceAuthorization> found(Client client, DeviceCode code) {
        return flow.store()
                .read(tx -> tx.deviceAuthorizations().byDeviceCode(code.hash()))
                .filter(authorization -> authorization.client().equals(client.id()));
    }

    /// @param pending what to answer while the person has not decided
    private Outcome<TokenResponse> askStore(
            ClientRequest asked,
            DeviceCode code,
            Function<DeviceAuthorization, Outcome<TokenResponse>> pending) {
        var found = found(asked.client(), code);
        if (found.isEmpty()) {
            return unknown(asked.request());
        }
        return switch (found.get().poll(flow.now())) {
            // Only who holds a key may have the answer a second time.
            case Poll.Spent() ->
                    asked.key().isPresent() ? redeemed(asked, found.get(), code) : spent();
            case Poll.Expired() -> expired(found.get());
            case Poll.Denied() -> denied();
            case Poll.Approved(_) -> flowIsOff() ? denied() : redeemed(asked, found.get(), code);
            case Poll.Pending() -> flowIsOff() ? denied() : pending.apply(found.get());
        };
    }

    /// A pending code that memory did not know, or not for sure: another node gave it.
    private Outcome<TokenResponse> waiting(Client client, DeviceAuthorization asked, int stretch) {
        var interval = client.deviceAuthorization().interval();
        var wider = flow.live().pending(asked, interval, stretch).paced(flow.now());
        return wider.isZero() ? waited(asked) : slowDown(wider);
    }

    private Outcome<TokenResponse> waited(DeviceAuthorization asked) {
        return new Outcome.Refused<>(OAuthAnswer.PENDING);
    }

    private Outcome<TokenResponse> redeemed(
            ClientRequest asked, DeviceAuthorization found, DeviceCode code) {
        var seen = new Link.Seen(flow.now(), asked.request().origin());
        var redemption = new Redemption(flow, asked, code, seen);
        var outcome = flow.store().write(tx -> redemption.redeem(tx, found));
        if (outcome instanceof Outcome.Refused<?>(var refusal)) {
            flow.telling()
                    .failed(
                            EventType.DEVICE_REDEMPTION_FAILED,
                            found.id().toString(),
                            Event.About.of(found).from(seen.origin()),
                            refusal.code().wire());
        }
        return outcome.map(redeemed ->
                issuer.issue(
                        redeemed.standing(),
                        redeemed.link(),
                        redeemed.refreshToken(),
                        asked.key()));
    }

    /// By another node's clock the codes may live on; but what one node has said, all say. Auth0
    /// says so once, and then knows the code no more.
    private Outcome<TokenResponse> expired(DeviceAuthorization asked) {
        if (flow.store().shared() && !flow.live().toldExpiry(asked.deviceCode())) {
            expiredEverywhere(asked);
        }
        boolean again = !flow.live().tellsExpiry(asked.deviceCode());
        return again && flow.profile() == Profile.AUTH0
                ? Outcome.refused(ErrorCode.INVALID_GRANT, "the device code is not known any more")
                : Outcome.refused(
                        ErrorCode.EXPIRED_TOKEN, "the codes have expired; ask for new ones");
    }

    private void expiredEverywhere(DeviceAuthorization asked) {
        flow.store()
                .write(tx -> {
                    if (tx.deviceAuthorizations().tellExpiry(asked.id())) {
                        tx.events().add(DeviceFlow.expired(asked, flow.now()));
                    }
                    tx.tell(new Signal.Decided(asked.deviceCode()));
                    return true;
                });
    }

    private boolean flowIsOff() {
        return !flow.store().registered().tenant().deviceFlowEnabled();
    }

    /// Unknown codes and other clients' codes are answered alike, and limited: nobody guesses 256
    /// bits, but trying costs a query.
    private Outcome<TokenResponse> unknown(Request request) {
        var network = ClientAddress.network(request.address());
        var wait = flow.limits().exceeded(Limit.UNKNOWN_DEVICE_CODES, network);
        if (wait.isEmpty()) {
            return Outcome.refused(
                    ErrorCode.INVALID_GRANT, "the device code is not one of this client's");
        }
        var about = Event.About.NOTHING.from(request.origin());
        flow.telling().limited(Limit.UNKNOWN_DEVICE_CODES, network, about);
        return Outcome.refused(
                ErrorCode.TOO_MANY_REQUESTS, "too many unknown device codes", wait.get());
    }

    private static <T> Outcome<T> spent() {
        return Outcome.refused(ErrorCode.INVALID_GRANT, "the device code has been used");
    }

    private static <T> Outcome<T> denied() {
        return Outcome.refused(ErrorCode.ACCESS_DENIED, "the person has said no");
    }

    private static Outcome<TokenResponse> slowDown(Duration interval) {
        return Outcome.refused(
                ErrorCode.SLOW_DOWN,
                "polling too fast; wait " + interval.toSeconds() + " s between polls from now on",
                interval);
    }
}
