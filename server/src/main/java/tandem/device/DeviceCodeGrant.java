package tandem.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tandem.model.Approval;
import tandem.model.Client;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceAuthorization.Poll;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Ids;
import tandem.model.Link;
import tandem.oauth.DeviceCode;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.store.Links;
import tandem.store.Page;
import tandem.store.Tx;
import tandem.token.Grant;
import tandem.token.RefreshToken;
import tandem.token.Standing;
import tandem.token.TokenIssuer;
import tandem.token.TokenResponse;
import tandem.web.ClientAddress;
import tandem.web.Form;
import tandem.web.Limits.Limit;
import tandem.web.OAuthAnswer;
import tandem.web.Request;

/// One poll of a device. [RFC 8628 §3.4 and
/// §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.4)
///
/// Memory answers while the person decides; every other end is read from the store, in the
/// transaction that makes it true.
record DeviceCodeGrant(DeviceFlow flow, TokenIssuer issuer) implements Grant {

    /// What the transaction settled: tokens are signed after it.
    private record Redeemed(Standing standing, Link link, Optional<RefreshToken> refreshToken) {}

    @Override
    public GrantType type() {
        return GrantType.DEVICE_CODE;
    }

    @Override
    public Outcome<TokenResponse> exchange(Client client, Form form, Request request) {
        var text = form.text("device_code");
        if (text.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_REQUEST, "device_code is missing");
        }
        var code = new DeviceCode(text.get());
        if (!flow.store().registered().tenant().deviceFlowEnabled()) {
            return askStore(client, code, request);
        }
        return switch (flow.live().poll(code.hash(), client.id(), flow.now())) {
            case LiveCodes.Hint.Waiting() -> new Outcome.Refused<>(OAuthAnswer.PENDING);
            case LiveCodes.Hint.TooSoon(var interval) -> slowDown(interval);
            case LiveCodes.Hint.Stranger() -> unknown(request);
            case LiveCodes.Hint.AskStore() -> askStore(client, code, request);
        };
    }

    private Outcome<TokenResponse> askStore(Client client, DeviceCode code, Request request) {
        var found =
                flow.store()
                        .read(tx -> tx.deviceAuthorizations().byDeviceCode(code.hash()))
                        .filter(asked -> asked.client().equals(client.id()));
        if (found.isEmpty()) {
            return unknown(request);
        }
        var asked = found.get();
        return switch (asked.poll(flow.now())) {
            case Poll.Spent() -> spent();
            case Poll.Expired() ->
                    Outcome.refused(
                            ErrorCode.EXPIRED_TOKEN, "the codes have expired; ask for new ones");
            case Poll.Denied() -> denied();
            case Poll.Approved(var approval) ->
                    flowIsOff() ? denied() : redeemed(asked, code, request);
            case Poll.Pending() -> flowIsOff() ? denied() : waiting(client, asked);
        };
    }

    /// A pending code that memory does not know was given by another node.
    private Outcome<TokenResponse> waiting(Client client, DeviceAuthorization asked) {
        flow.live().add(asked, client.deviceAuthorization().interval());
        return switch (flow.live().poll(asked.deviceCode(), client.id(), flow.now())) {
            case LiveCodes.Hint.TooSoon(var interval) -> slowDown(interval);
            case LiveCodes.Hint.Waiting(), LiveCodes.Hint.Stranger(), LiveCodes.Hint.AskStore() ->
                    new Outcome.Refused<>(OAuthAnswer.PENDING);
        };
    }

    private Outcome<TokenResponse> redeemed(
            DeviceAuthorization asked, DeviceCode code, Request request) {
        var seen = new Link.Seen(flow.now(), request.origin());
        var outcome = flow.store().write(tx -> redeem(tx, asked, code, seen));
        if (outcome instanceof Outcome.Refused<?>(var refusal)) {
            var about = Event.About.of(asked).from(request.origin());
            flow.telling()
                    .failed(
                            EventType.DEVICE_REDEMPTION_FAILED,
                            asked.id().toString(),
                            about,
                            refusal.code().wire());
        }
        return outcome.map(redeemed ->
                issuer.issue(
                        redeemed.standing,
                        redeemed.link,
                        redeemed.link.scopes(),
                        redeemed.refreshToken));
    }

    /// Looks at everything anew: between the first look and this transaction another poll, an
    /// operator or the clock may have been first.
    private Outcome<Redeemed> redeem(
            Tx tx, DeviceAuthorization before, DeviceCode code, Link.Seen seen) {
        var asked = tx.deviceAuthorizations().byId(before.id()).orElse(before);
        return switch (asked.poll(seen.at())) {
            case Poll.Approved(var approval) ->
                    Standing.of(
                                    tx,
                                    GrantType.DEVICE_CODE,
                                    asked.client(),
                                    approval.userId(),
                                    asked.api(),
                                    approval.granted())
                            .then(standing -> link(tx, asked, approval, standing, code, seen));
            case Poll.Expired() -> Outcome.refused(ErrorCode.EXPIRED_TOKEN, "the codes expired");
            case Poll.Denied() -> denied();
            case Poll.Spent(), Poll.Pending() -> spent();
        };
    }

    private Outcome<Redeemed> link(
            Tx tx,
            DeviceAuthorization asked,
            Approval approval,
            Standing standing,
            DeviceCode code,
            Link.Seen seen) {
        var id = Ids.LINK.random(flow.random());
        if (!tx.deviceAuthorizations().redeem(asked.id(), id, seen.at())) {
            return spent();
        }
        var refreshToken =
                standing.scopes().contains(Scopes.OFFLINE_ACCESS)
                        ? Optional.of(RefreshToken.first(flow.keys(), code, id))
                        : Optional.<RefreshToken>empty();
        var link =
                Link.of(
                        id,
                        asked,
                        approval,
                        standing.scopes(),
                        name(asked, standing.client()),
                        seen,
                        ends(standing, refreshToken, seen),
                        refreshToken.map(token -> first(standing, token, seen)));
        makeRoom(tx, standing.client(), link, seen);
        tx.links().add(link);
        var about = Event.About.of(link).from(seen.origin());
        tx.events().add(Event.of(EventType.DEVICE_REDEEMED, seen.at(), about));
        tx.events().add(Event.of(EventType.LINK_CREATED, seen.at(), about));
        return Outcome.ok(new Redeemed(standing, link, refreshToken));
    }

    private static Link.Refresh first(Standing standing, RefreshToken token, Link.Seen seen) {
        return new Link.Refresh(
                token.generation(),
                token.hash(),
                Optional.empty(),
                seen.at(),
                seen.at().plus(standing.client().refreshToken().idleLifetime()));
    }

    /// A link without refresh tokens lives as long as its access token.
    private static Instant ends(
            Standing standing, Optional<RefreshToken> refreshToken, Link.Seen seen) {
        var lifetime =
                refreshToken.isPresent()
                        ? standing.client().refreshToken().tokenLifetime()
                        : TokenIssuer.lifetime(standing.api());
        return seen.at().plus(lifetime);
    }

    /// The oldest links end where there would be more than the client allows one person.
    private static void makeRoom(Tx tx, Client client, Link added, Link.Seen seen) {
        var filter = Links.Filter.ALL.user(added.userId()).client(client.id());
        int max = client.deviceAuthorization().maxLinksPerUser();
        long live = tx.links().countLive(filter, seen.at());
        if (live < max) {
            return;
        }
        var oldest = tx.links().live(filter, seen.at(), new Page(max - 1, (int) live));
        for (var link : oldest) {
            if (tx.links().end(link.id(), Link.By.LIMIT, seen.at())) {
                tx.events()
                        .add(
                                new Event(
                                        EventType.LINK_ENDED,
                                        seen.at(),
                                        Event.About.of(link),
                                        Map.of("by", "limit")));
            }
        }
    }

    private static String name(DeviceAuthorization asked, Client client) {
        return asked.device().name().or(() -> asked.device().model()).orElse(client.name());
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
