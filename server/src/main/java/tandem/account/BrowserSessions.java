package tandem.account;

import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.model.Ids;
import tandem.model.Session;
import tandem.store.Store;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.SessionCookie;

/// Finds and makes browsers' sessions.
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

    public Optional<SessionCookie.Token> token(Request request) {
        return cookie.of(request);
    }

    public SessionCookie.Token draw() {
        return cookie.draw();
    }

    public Optional<Visit> of(Request request) {
        return cookie.of(request)
                .flatMap(
                        token ->
                                store.read(tx -> tx.sessions().byToken(token.hash()))
                                        .filter(s -> s.live(clock.instant()))
                                        .map(s -> new Visit(token, s)));
    }

    /// Makes a session that nobody has signed in to yet, under the browser's token where it has one.
    public Visit begin(Request request) {
        var token = cookie.of(request).orElseGet(cookie::draw);
        var now = clock.instant();
        var session =
                new Session(
                        Ids.SESSION.random(random),
                        token.hash(),
                        Optional.empty(),
                        now,
                        now,
                        request.origin());
        store.write(
                tx -> {
                    tx.sessions().add(session);
                    return true;
                });
        return new Visit(token, session);
    }

    public java.time.Instant now() {
        return clock.instant();
    }

    public Visit signIn(Visit before, Session.SignedIn who) {
        var token = cookie.draw();
        var now = clock.instant();
        var session =
                new Session(
                        before.session().id(),
                        token.hash(),
                        Optional.of(who),
                        now,
                        now,
                        before.session().origin());
        store.write(
                tx -> {
                    tx.sessions().save(session);
                    return true;
                });
        return new Visit(token, session);
    }

    public Response give(Response response, Visit visit) {
        return cookie.give(response, visit.token());
    }

    public Response give(Response response, SessionCookie.Token token) {
        return cookie.give(response, token);
    }
}
