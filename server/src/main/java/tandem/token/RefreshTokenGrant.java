package tandem.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.store.Tx;

/// Exchanges a refresh token for its successor and a new access token. [RFC 6749
/// §6](https://www.rfc-editor.org/rfc/rfc6749#section-6), [RFC 9700
/// §4.14.2](https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2)
public record RefreshTokenGrant(
        Store store, SecretKeys keys, TokenIssuer issuer, InstantSource clock) implements Grant {

    /// Not to be told apart: unknown, another client's, ended, run out.
    private static final String GONE =
            "the refresh token is not valid, or the device has been unlinked";

    /// What the transaction settled: tokens are signed after it.
    private record Settled(Standing standing, Link link, RefreshToken successor) {}

    @Override
    public GrantType type() {
        return GrantType.REFRESH_TOKEN;
    }

    @Override
    public Outcome<TokenResponse> exchange(ClientRequest asked) {
        var form = asked.form();
        var text = form.text("refresh_token");
        if (text.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_REQUEST, "refresh_token is missing");
        }
        var narrower = Scopes.parse(form.text("scope").orElse(""));
        if (narrower.isEmpty()) {
            return Outcome.refused(
                    ErrorCode.INVALID_SCOPE, "scope holds a character that no scope may hold");
        }
        var token = RefreshToken.read(keys, text.get());
        if (token.isEmpty()) {
            return gone();
        }
        var seen = new Link.Seen(clock.instant(), asked.request().origin());
        return store.write(tx -> settle(tx, asked, token.get(), narrower.get(), seen))
                .map(settled ->
                        issuer.issue(
                                settled.standing,
                                settled.link,
                                Optional.of(settled.successor),
                                asked.key()));
    }

    private Outcome<Settled> settle(
            Tx tx, ClientRequest asked, RefreshToken token, Scopes narrower, Link.Seen seen) {
        var client = asked.client();
        var found = tx.links().byId(token.link()).filter(l -> l.client().equals(client.id()));
        if (found.isEmpty()) {
            return gone();
        }
        var link = found.get();
        return SenderConstraint.refresh(asked, link.key())
                .then(proven -> Audience.named(asked.form(), link.access().apis()))
                .then(api ->
                        Standing.of(
                                tx,
                                GrantType.REFRESH_TOKEN,
                                client.id(),
                                link.userId(),
                                link.access(),
                                api))
                .then(standing -> narrowed(standing, narrower))
                .then(standing ->
                        rotate(
                                tx,
                                link,
                                token,
                                standing,
                                seen,
                                () -> settle(tx, asked, token, narrower, seen)));
    }

    /// Fewer scopes for this access token; the link keeps its own.
    private static Outcome<Standing> narrowed(Standing standing, Scopes narrower) {
        if (narrower.isEmpty()) {
            return Outcome.ok(standing);
        }
        if (!standing.access().scopes().containsAll(narrower)) {
            return Outcome.refused(
                    ErrorCode.INVALID_SCOPE, "scope asks for more than the person has agreed to");
        }
        return Outcome.ok(standing.narrowed(narrower));
    }

    /// @param again for one who looked before another request rotated or ended the link
    private Outcome<Settled> rotate(
            Tx tx,
            Link link,
            RefreshToken token,
            Standing standing,
            Link.Seen seen,
            Supplier<Outcome<Settled>> again) {
        var successor = token.successor(keys);
        var policy = standing.client().refreshToken();
        return switch (link.rotate(token.presented(), successor.hash(), policy, seen)) {
            case Link.Rotation.Rotated(var next) -> {
                if (!tx.links().rotate(link, next)) {
                    yield again.get();
                }
                tx.events().add(event(EventType.LINK_REFRESHED, link, seen));
                yield Outcome.ok(new Settled(standing, next, successor));
            }
            case Link.Rotation.Repeated() -> Outcome.ok(new Settled(standing, link, successor));
            case Link.Rotation.Reused(var ended) -> {
                endReused(tx, link, token, seen);
                yield gone();
            }
            case Link.Rotation.Ahead() -> moveOn(tx, link, token, standing, seen);
            case Link.Rotation.Gone() -> gone();
        };
    }

    /// The store went on from an older copy, and the device did not: its token is the newer truth.
    private Outcome<Settled> moveOn(
            Tx tx, Link link, RefreshToken token, Standing standing, Link.Seen seen) {
        var successor = token.successor(keys);
        var policy = standing.client().refreshToken();
        var next = link.moveOn(token.presented(), successor.hash(), policy, seen);
        if (!tx.links().moveOn(link, next)) {
            return gone();
        }
        var details =
                Map.of(
                        "presented_generation", Integer.toString(token.generation()),
                        "current_generation", generation(link));
        var about = Event.About.of(link).from(seen.origin());
        tx.events().add(new Event(EventType.LINK_REFRESHED, seen.at(), about, details));
        return Outcome.ok(new Settled(standing, next, successor));
    }

    private static String generation(Link link) {
        return link.refresh().map(held -> Integer.toString(held.generation())).orElse("");
    }

    /// One of two holders of this token is a thief, and nobody can say which.
    private static void endReused(Tx tx, Link link, RefreshToken token, Link.Seen seen) {
        Instant at = seen.at();
        if (tx.links().end(link.id(), Link.By.REUSE, at)) {
            var about = Event.About.of(link).from(seen.origin());
            var details =
                    Map.of(
                            "presented_generation", Integer.toString(token.generation()),
                            "current_generation", generation(link),
                            "current_address", link.last().origin().address(),
                            "presented_address", seen.origin().address());
            tx.events().add(new Event(EventType.REFRESH_REUSED, at, about, details));
            tx.events().add(new Event(EventType.LINK_ENDED, at, about, Map.of("by", "reuse")));
        }
    }

    private static Event event(EventType type, Link link, Link.Seen seen) {
        return Event.of(type, seen.at(), Event.About.of(link).from(seen.origin()));
    }

    private static <T> Outcome<T> gone() {
        return Outcome.refused(ErrorCode.INVALID_GRANT, GONE);
    }
}
