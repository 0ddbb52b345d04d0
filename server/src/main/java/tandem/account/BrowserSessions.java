package tandem.account;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.model.Ids;
import tandem.model.Origin;
import tandem.model.Session;
import tandem.store.Store;
import tandem.store.Tx;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.SessionCookie;

/// Browsers' sessions: found by their cookie, begun, signed in and out.
///
/// A session's row stays the same through a sign-in, and what the browser was doing stays tied to
/// it; its token changes, so that one known before is worth nothing after.
public final class BrowserSessions {
    private final Store store;
    private final SessionCookie cookie;
    private final InstantSource clock;
    private final RandomGenerator random;

    public BrowserSessions(
            Store store, SessionCookie cookie, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.cookie = cookie;
        this.clock = clock;
        this.random = random;
    }

    /// A request's session, and the cookie that names it.
    public record Visit(SessionCookie.Token token, Session session) {}

    /// The cookie of a request, whether or not the store knows a session by it.
    public Optional<SessionCookie.Token> token(Request request) {
        return cookie.of(request);
    }

    public SessionCookie.Token draw() {
        return cookie.draw();
    }

    /// The session of a request, unless its time is over or its person is not let in any more.
    public Optional<Visit> of(Request request) {
        return cookie.of(request).flatMap(token -> find(token).map(s -> new Visit(token, s)));
    }

    private Optional<Session> find(SessionCookie.Token token) {
        var now = clock.instant();
        var found =
                store.read(tx ->
                        tx.sessions()
                                .byToken(token.hash())
                                .filter(session -> session.live(now))
                                .filter(session -> letIn(tx, session)));
        return found.map(session -> used(session, now));
    }

    private static boolean letIn(Tx tx, Session session) {
        return session.signedIn()
                .map(who -> tx.accounts().byId(who.userId()).filter(a -> !a.blocked()).isPresent())
                .orElse(true);
    }

    /// Notes that the session is in use, a minute coarse: not a write for each click.
    private Session used(Session session, Instant now) {
        if (now.isBefore(session.usedAt().plus(Session.USED_GRAIN))) {
            return session;
        }
        var used =
                new Session(
                        session.id(),
                        session.token(),
                        session.signedIn(),
                        session.createdAt(),
                        now,
                        session.origin());
        return saved(used);
    }

    /// Makes a session that nobody has signed in to yet, under the browser's cookie where it has
    /// one.
    public Visit begin(Tx tx, Request request) {
        var token = cookie.of(request).orElseGet(cookie::draw);
        var session = fresh(Ids.SESSION.random(random), token, Optional.empty(), request.origin());
        tx.sessions().byToken(token.hash()).ifPresent(s -> tx.sessions().remove(s.id()));
        tx.sessions().add(session);
        return new Visit(token, session);
    }

    /// As [#begin(Tx, Request)], in a transaction of its own.
    Visit begin(Request request) {
        return store.write(tx -> begin(tx, request));
    }

    /// Signs the session in, in the caller's transaction, under a new token.
    public Visit signIn(Tx tx, Visit before, Session.SignedIn who, Origin origin) {
        return renewed(tx, before, Optional.of(who), origin);
    }

    /// Signs the session out. What it was doing can go on under another account.
    public Visit signOut(Visit before, Origin origin) {
        return store.write(tx -> renewed(tx, before, Optional.empty(), origin));
    }

    private Visit renewed(Tx tx, Visit before, Optional<Session.SignedIn> who, Origin origin) {
        var token = cookie.draw();
        var session = fresh(before.session().id(), token, who, origin);
        tx.sessions().save(session);
        return new Visit(token, session);
    }

    public Response give(Response response, Visit visit) {
        return cookie.give(response, visit.token());
    }

    public Response give(Response response, SessionCookie.Token token) {
        return cookie.give(response, token);
    }

    private Session fresh(
            String id, SessionCookie.Token token, Optional<Session.SignedIn> who, Origin origin) {
        var now = clock.instant();
        return new Session(id, token.hash(), who, now, now, origin);
    }

    private Session saved(Session session) {
        return store.write(tx -> {
            tx.sessions().save(session);
            return session;
        });
    }
}
