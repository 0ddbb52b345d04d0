package tandem.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.model.Account;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.model.Registered;
import tandem.model.Session;
import tandem.page.App;
import tandem.page.Devices;
import tandem.page.Devices.LinkedDevice;
import tandem.page.Devices.Notice;
import tandem.page.Devices.OpenSession;
import tandem.page.Trouble;
import tandem.store.Links;
import tandem.store.Page;
import tandem.web.Agent;
import tandem.web.Form;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;

/// `/account`: a person's linked devices, and where they are signed in.
///
/// *Unlink* acts at once: the device's very next refresh is refused. What belongs to somebody else
/// is not found.
final class AccountPages {
    private static final String PATH = LoginPages.ACCOUNT;
    private static final int DEVICES_MAX = 500;
    private static final int NAME_MAX = 80;

    private final AccountRoom.Needs needs;

    AccountPages(AccountRoom.Needs needs) {
        this.needs = needs;
    }

    void routes(Routes routes) {
        routes.get(PATH, this::show)
                .post(PATH + "/unlink", request -> act(request, this::unlink))
                .post(PATH + "/rename", request -> act(request, this::rename))
                .post(PATH + "/sessions/end", request -> act(request, this::endSession));
    }

    /// Whose page it is.
    private record Owner(BrowserSessions.Visit visit, Account account) {}

    /// What one of the page's forms does; empty when its object is not this person's.
    @FunctionalInterface
    private interface Action {
        Optional<Notice> on(Owner owner, String id, Request request);
    }

    private Response show(Request request) {
        return owner(request)
                .map(owner -> page(request, owner, Optional.empty()))
                .orElseGet(() -> Response.seeOther(LoginPages.LOGIN));
    }

    private Response act(Request request, Action action) {
        var form = request.form().orElse(Form.EMPTY);
        var owner = owner(request);
        if (owner.isEmpty()) {
            return Response.seeOther(LoginPages.LOGIN);
        }
        var token = owner.map(o -> o.visit.token());
        if (!needs.screen().guard().passes(request, token, form, PATH)) {
            return trouble(request, 403, Trouble.Kind.FORBIDDEN);
        }
        return action.on(owner.get(), form.text("id").orElse(""), request)
                .map(notice -> page(request, owner.get(), Optional.of(notice)))
                .orElseGet(() -> trouble(request, 404, Trouble.Kind.NOT_FOUND));
    }

    private Optional<Notice> unlink(Owner owner, String id, Request request) {
        var now = needs.clock().instant();
        return needs.store()
                .write(tx -> {
                    var link = own(tx.links().byId(id), owner);
                    if (link.isEmpty()) {
                        return Optional.empty();
                    }
                    if (tx.links().end(id, Link.By.USER, now)) {
                        tx.events()
                                .add(
                                        new Event(
                                                EventType.LINK_ENDED,
                                                now,
                                                about(link.get(), request),
                                                Map.of("by", "user")));
                    }
                    var outlive = outlive(tx.registered(), link.get(), now);
                    return Optional.of(new Notice.Unlinked(link.get().deviceName(), outlive));
                });
    }

    private Optional<Notice> rename(Owner owner, String id, Request request) {
        var name = request.form().flatMap(form -> form.text("name")).orElse("").strip();
        if (!acceptable(name)) {
            return Optional.of(new Notice.NameRefused(NAME_MAX));
        }
        return needs.store()
                .write(tx -> {
                    var link = own(tx.links().byId(id), owner);
                    if (link.isEmpty() || !tx.links().rename(id, name)) {
                        return Optional.empty();
                    }
                    tx.events()
                            .add(
                                    Event.of(
                                            EventType.LINK_RENAMED,
                                            needs.clock().instant(),
                                            about(link.get(), request)));
                    return Optional.of(new Notice.Renamed(name));
                });
    }

    private Optional<Notice> endSession(Owner owner, String id, Request request) {
        return needs.store()
                .write(tx -> {
                    var session =
                            tx.sessions().byId(id).filter(s -> signedIn(s, owner.account.userId()));
                    return session.isPresent() && tx.sessions().remove(id)
                            ? Optional.of(new Notice.SessionEnded())
                            : Optional.empty();
                });
    }

    private Optional<Owner> owner(Request request) {
        return needs.sessions()
                .of(request)
                .flatMap(visit ->
                        visit.session()
                                .signedIn()
                                .map(Session.SignedIn::userId)
                                .flatMap(id -> needs.store().read(tx -> tx.accounts().byId(id)))
                                .filter(account -> !account.blocked())
                                .map(account -> new Owner(visit, account)));
    }

    private Response page(Request request, Owner owner, Optional<Notice> notice) {
        var now = needs.clock().instant();
        var filter = Links.Filter.ALL.user(owner.account.userId());
        var page =
                needs.store()
                        .read(tx ->
                                new Devices(
                                        needs.screen().person(owner.account, owner.visit),
                                        tx
                                                .links()
                                                .live(filter, now, new Page(0, DEVICES_MAX))
                                                .stream()
                                                .map(l -> device(tx.registered(), l, now))
                                                .toList(),
                                        sessions(
                                                tx.sessions().of(owner.account.userId()),
                                                owner,
                                                now),
                                        notice,
                                        needs.screen().guard().token(owner.visit.token(), PATH)));
        return needs.screen().show(request, page, refusal(notice) ? 400 : 200);
    }

    private static boolean refusal(Optional<Notice> notice) {
        return notice.map(Notice::refusal).orElse(false);
    }

    private static LinkedDevice device(Registered registered, Link link, Instant now) {
        var app =
                registered
                        .client(link.client())
                        .map(c -> new App(c.name(), c.logo(), c.firstParty()))
                        .orElseGet(() -> new App(link.client().value(), Optional.empty(), false));
        return new LinkedDevice(
                link.id(),
                app,
                link.deviceName(),
                seen(link.first(), now),
                seen(link.last(), now),
                outlive(registered, link, now),
                link.replayed().isPresent());
    }

    private static Devices.Seen seen(Link.Seen seen, Instant now) {
        return new Devices.Seen(
                Duration.between(seen.at(), now), seen.origin().address(), Optional.empty());
    }

    private List<OpenSession> sessions(List<Session> sessions, Owner owner, Instant now) {
        return sessions.stream()
                .filter(session -> session.live(now))
                .map(session ->
                        new OpenSession(
                                session.id(),
                                Agent.inWords(session.origin()),
                                session.id().equals(owner.visit.session().id()),
                                Duration.between(session.usedAt(), now)))
                .toList();
    }

    /// How long an access token already given out may outlive the link: APIs that verify it offline
    /// cannot know.
    private static Duration outlive(Registered registered, Link link, Instant now) {
        var left = Duration.between(now, registered.accessTokensUntil(link));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Optional<Link> own(Optional<Link> link, Owner owner) {
        return link.filter(l -> l.userId().equals(owner.account.userId()));
    }

    private static boolean signedIn(Session session, String userId) {
        return session.signedIn().map(Session.SignedIn::userId).filter(userId::equals).isPresent();
    }

    private static Event.About about(Link link, Request request) {
        return Event.About.of(link).from(request.origin());
    }

    /// Printable, without control characters and without those that turn text around.
    private static boolean acceptable(String name) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= NAME_MAX
                && name.codePoints()
                        .noneMatch(c ->
                                Character.getType(c) == Character.CONTROL
                                        || Character.getType(c) == Character.FORMAT);
    }

    private Response trouble(Request request, int status, Trouble.Kind kind) {
        return needs.screen().show(request, new Trouble(status, kind, ""), status);
    }
}
