package tandem.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tandem.model.Approval;
import tandem.model.Client;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceAuthorization.Poll;
import tandem.model.DeviceAuthorization.State;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Ids;
import tandem.model.Link;
import tandem.oauth.DeviceCode;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.store.Hold;
import tandem.store.Links;
import tandem.store.Page;
import tandem.store.Tx;
import tandem.token.Audience;
import tandem.token.ClientRequest;
import tandem.token.CodeChallenge;
import tandem.token.RefreshToken;
import tandem.token.SenderConstraint;
import tandem.token.Standing;
import tandem.token.TokenIssuer;

/// The one transaction in which an approved code becomes a link. [RFC 8628
/// §3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5)
///
/// @param asked the token request
/// @param code the device code it presents
/// @param seen when and from where
record Redemption(DeviceFlow flow, ClientRequest asked, DeviceCode code, Link.Seen seen) {

    /// For so long a device whose answer was lost may ask for it again, once, with the same key.
    private static final Duration REPLAY = Duration.ofSeconds(60);

    /// What the transaction settled: tokens are signed after it.
    record Redeemed(Standing standing, Link link, Optional<RefreshToken> refreshToken) {}

    /// Looks at everything anew: between the first look and this transaction another poll, an
    /// operator or the clock may have been first.
    Outcome<Redeemed> redeem(Tx tx, DeviceAuthorization before) {
        tx.hold(Hold.deviceAuthorization(before.id()));
        var found = tx.deviceAuthorizations().byId(before.id()).orElse(before);
        return switch (found.poll(seen.at())) {
            case Poll.Approved(var approval) ->
                    SenderConstraint.redemption(asked, found.binding().key())
                            .then(proven -> verified(tx, found))
                            .then(verified -> standing(tx, found, approval))
                            .then(standing -> link(tx, found, approval, standing));
            case Poll.Expired() -> Outcome.refused(ErrorCode.EXPIRED_TOKEN, "the codes expired");
            case Poll.Denied() -> Outcome.refused(ErrorCode.ACCESS_DENIED, "the person said no");
            case Poll.Spent() -> replayed(tx, found);
            case Poll.Pending() -> spent();
        };
    }

    private Outcome<Standing> standing(Tx tx, DeviceAuthorization found, Approval approval) {
        tx.hold(Hold.person(approval.userId()));
        return Audience.named(asked.form(), found.access().apis())
                .then(api ->
                        Standing.of(
                                tx,
                                GrantType.DEVICE_CODE,
                                found.client(),
                                approval.userId(),
                                found.access().with(approval.granted()),
                                api));
    }

    /// Wrong verifiers are counted, since whoever tries has the device code already.
    private Outcome<Boolean> verified(Tx tx, DeviceAuthorization found) {
        return switch (check(found)) {
            case RIGHT -> Outcome.ok(true);
            case OUT_OF_PLACE ->
                    Outcome.refused(
                            ErrorCode.INVALID_GRANT,
                            found.binding().codeChallenge().isPresent()
                                    ? "code_verifier is missing"
                                    : "code_verifier was sent, but no code_challenge before it");
            case WRONG -> {
                tx.deviceAuthorizations().wrongVerifier(found.id());
                if (found.wrongVerifiers() + 1 >= DeviceAuthorization.WRONG_VERIFIERS_MAX) {
                    tx.events().add(ended(found));
                }
                yield Outcome.refused(
                        ErrorCode.INVALID_GRANT, "code_verifier does not fit the code_challenge");
            }
        };
    }

    private CodeChallenge.Check check(DeviceAuthorization found) {
        return CodeChallenge.check(
                found.binding().codeChallenge(), asked.form().text("code_verifier"));
    }

    private Event ended(DeviceAuthorization found) {
        return new Event(
                EventType.DEVICE_REDEMPTION_FAILED,
                seen.at(),
                Event.About.of(found).from(seen.origin()),
                Map.of("error", "invalid_grant", "reason", "wrong code_verifiers ended the codes"));
    }

    private Outcome<Redeemed> link(
            Tx tx, DeviceAuthorization found, Approval approval, Standing standing) {
        var id = Ids.LINK.random(flow.random());
        if (!tx.deviceAuthorizations().redeem(found.id(), id, seen.at())) {
            return spent();
        }
        var refreshToken =
                standing.access().scopes().contains(Scopes.OFFLINE_ACCESS)
                        ? Optional.of(RefreshToken.first(flow.keys(), code, id))
                        : Optional.<RefreshToken>empty();
        var link =
                Link.of(
                        id,
                        found,
                        approval,
                        standing.access(),
                        asked.key(),
                        name(found, standing.client()),
                        seen,
                        ends(standing, refreshToken),
                        refreshToken.map(token -> first(standing, token)));
        makeRoom(tx, standing.client(), link);
        tx.links().add(link);
        var about = Event.About.of(link).from(seen.origin());
        tx.events().add(Event.of(EventType.DEVICE_REDEEMED, seen.at(), about));
        tx.events().add(Event.of(EventType.LINK_CREATED, seen.at(), about));
        return Outcome.ok(new Redeemed(standing, link, refreshToken));
    }

    /// The same answer once more, to a device that lost it: only with the key that the first was
    /// bound to, and only while nothing has been made of it.
    private Outcome<Redeemed> replayed(Tx tx, DeviceAuthorization found) {
        if (!(found.state() instanceof State.Redeemed(var id, var at))
                || asked.key().isEmpty()
                || seen.at().isAfter(at.plus(REPLAY))
                || check(found) != CodeChallenge.Check.RIGHT) {
            return spent();
        }
        var link = tx.links().byId(id).filter(l -> l.key().equals(asked.key()));
        if (link.isEmpty()) {
            return spent();
        }
        var same = link.get();
        return Audience.named(asked.form(), same.access().apis())
                .then(api ->
                        Standing.of(
                                tx,
                                GrantType.DEVICE_CODE,
                                same.client(),
                                same.userId(),
                                same.access(),
                                api))
                .then(standing -> again(tx, same, standing));
    }

    private Outcome<Redeemed> again(Tx tx, Link link, Standing standing) {
        if (!tx.links().replay(link.id(), seen)) {
            return spent();
        }
        var details =
                Map.of(
                        "first_address", link.first().origin().address(),
                        "second_address", seen.origin().address());
        var about = Event.About.of(link).from(seen.origin());
        tx.events().add(new Event(EventType.DEVICE_REPLAYED, seen.at(), about, details));
        return Outcome.ok(
                new Redeemed(
                        standing,
                        link,
                        link.refresh().map(r -> RefreshToken.first(flow.keys(), code, link.id()))));
    }

    private Link.Refresh first(Standing standing, RefreshToken token) {
        return new Link.Refresh(
                token.generation(),
                token.hash(),
                Optional.empty(),
                seen.at(),
                seen.at().plus(standing.client().refreshToken().idleLifetime()));
    }

    private Instant ends(Standing standing, Optional<RefreshToken> refreshToken) {
        var lifetime =
                refreshToken.isPresent()
                        ? standing.client().refreshToken().tokenLifetime()
                        : TokenIssuer.lifetime(standing.api());
        return seen.at().plus(lifetime);
    }

    /// The oldest links end where there would be more than the client allows one person.
    private void makeRoom(Tx tx, Client client, Link added) {
        var filter = Links.Filter.ALL.user(added.userId()).client(client.id());
        var tooMany =
                new Page(client.deviceAuthorization().maxLinksPerUser() - 1, Integer.MAX_VALUE);
        for (var link : tx.links().live(filter, seen.at(), tooMany)) {
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

    private static String name(DeviceAuthorization found, Client client) {
        return found.device().name().or(() -> found.device().model()).orElse(client.name());
    }

    private static <T> Outcome<T> spent() {
        return Outcome.refused(ErrorCode.INVALID_GRANT, "the device code has been used");
    }
}
