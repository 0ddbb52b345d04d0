package tandem.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.account.PasswordAttempts.Attempt;
import tandem.model.Account;
import tandem.model.Authentication;
import tandem.model.Connection;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Session;
import tandem.page.App;
import tandem.page.SignIn;
import tandem.page.SignInTrouble;
import tandem.page.SignedOut;
import tandem.page.Trouble;
import tandem.store.StoreUnavailable;
import tandem.web.ClientAddress;
import tandem.web.Form;
import tandem.web.Limits.Limit;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;

/// `/login` and `/logout`: sign-in with a password, and the choice among the other options.
///
/// Where it goes on is never taken from the request, only the entry, which is looked up for this
/// session: there is nowhere to redirect to but here.
final class LoginPages {
    static final String LOGIN = "/login";
    static final String ACCOUNT = "/account";
    private static final String PASSWORD_AMR = "pwd";
    private static final int EMAIL_SHOWN_MAX = Account.EMAIL_MAX;

    private final AccountRoom.Needs needs;
    private final PasswordAttempts attempts;
    private final Providers providers;
    private final Continuation continuation;

    LoginPages(AccountRoom.Needs needs, Providers providers, Continuation continuation) {
        this.needs = needs;
        this.providers = providers;
        this.continuation = continuation;
        this.attempts =
                new PasswordAttempts(
                        needs.store(),
                        needs.keys(),
                        needs.clock(),
                        needs.limits().inForce(Limit.PAGES));
    }

    void routes(Routes routes) {
        routes.get(LOGIN, this::show).post(LOGIN, this::signIn).post("/logout", this::signOut);
    }

    /// What the sign-in's forms are about.
    static String about(String entry) {
        return "login:" + entry;
    }

    private Response show(Request request) {
        var entry = request.query().orElse(Form.EMPTY).text("entry").orElse("");
        var visit = needs.sessions().of(request);
        var asked = visit.flatMap(v -> continuation.asked(request, v, entry));
        if (asked.isPresent() && !asked.get().signInDue()) {
            return continuation.resume(entry);
        }
        boolean signedIn = visit.flatMap(v -> v.session().signedIn()).isPresent();
        if (asked.isEmpty() && signedIn) {
            return Response.seeOther(ACCOUNT);
        }
        var hurry = hurry(request);
        if (hurry.isPresent()) {
            return hurry.get();
        }
        if (!signedIn) {
            return page(request, entry, new SignInTrouble.None(), "", 200);
        }
        var email = visit.flatMap(v -> v.session().signedIn()).flatMap(this::email).orElse("");
        return page(request, entry, new SignInTrouble.SignInAgain(), email, 200);
    }

    private Optional<String> email(Session.SignedIn who) {
        return needs.store().read(tx -> tx.accounts().byId(who.userId())).flatMap(Account::email);
    }

    /// The sign-in page. Without a session one is begun, since its form is bound to one.
    Response page(Request request, String entry, SignInTrouble trouble, String email, int status) {
        var before = needs.sessions().of(request);
        var visit = before.orElseGet(() -> needs.sessions().begin(request));
        var client = continuation.asked(request, visit, entry).map(Continuation.Asked::client);
        var connections =
                client.map(c -> needs.store().registered().connectionsOf(c))
                        .orElseGet(() -> needs.store().registered().connections());
        var signIn =
                new SignIn(
                        client.map(c -> new App(c.name(), c.logo(), c.firstParty())),
                        connections.stream().map(LoginPages::option).toList(),
                        trouble,
                        email.length() > EMAIL_SHOWN_MAX ? "" : email,
                        client.map(c -> entry),
                        needs.screen()
                                .guard()
                                .token(visit.token(), about(client.isPresent() ? entry : "")));
        var response =
                needs.screen().show(request, signIn, status, providers.formTargets(connections));
        return before.isPresent() ? response : needs.sessions().give(response, visit);
    }

    private static SignIn.Option option(Connection connection) {
        return switch (connection.strategy()) {
            case PASSWORD -> new SignIn.Option.Password();
            case OIDC -> new SignIn.Option.Provider(connection.name(), connection.displayName());
        };
    }

    private Response signIn(Request request) {
        var form = request.form().orElse(Form.EMPTY);
        var entry = form.text("entry").orElse("");
        var email = form.text("email").orElse("");
        var visit = needs.sessions().of(request);
        var hurry = hurry(request);
        if (hurry.isPresent()) {
            return hurry.get();
        }
        if (visit.isEmpty()
                || !needs.screen()
                        .guard()
                        .passes(
                                request,
                                visit.map(BrowserSessions.Visit::token),
                                form,
                                about(entry))) {
            return page(request, entry, new SignInTrouble.ExpiredAttempt(), email, 403);
        }
        return switch (attempts.begin(email, request.address())) {
            case Attempt.Throttled(var retryAfter) -> throttled(request, entry, email, retryAfter);
            case Attempt.Counted counted -> {
                var account = account(email);
                var right =
                        needs.passwords()
                                .matches(
                                        form.text("password").orElse(""),
                                        account.flatMap(Account::password));
                if (right.isEmpty()) {
                    yield trouble(request, 503, Trouble.Kind.UNAVAILABLE);
                }
                boolean allowed = account.filter(a -> !a.blocked()).isPresent();
                var connection = passwords(request, visit.get(), entry);
                yield right.get() && allowed && connection.isPresent()
                        ? signedIn(
                                request,
                                visit.get(),
                                entry,
                                account.get(),
                                connection.get().name(),
                                counted)
                        : wrong(request, entry, email, account);
            }
        };
    }

    /// What nobody can type is nobody's address, though it fills the bucket of the one it
    /// resembles.
    private Optional<Account> account(String email) {
        if (email.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return needs.store().read(tx -> tx.accounts().byEmail(Account.normalEmail(email)));
    }

    /// The connection of passwords that is offered; a client may leave them out.
    private Optional<Connection> passwords(
            Request request, BrowserSessions.Visit visit, String entry) {
        var registered = needs.store().registered();
        return continuation
                .asked(request, visit, entry)
                .map(asked -> registered.connectionsOf(asked.client()))
                .orElseGet(registered::connections)
                .stream()
                .filter(c -> c.strategy() == Connection.Strategy.PASSWORD)
                .findFirst();
    }

    private Response signedIn(
            Request request,
            BrowserSessions.Visit before,
            String entry,
            Account account,
            String connection,
            Attempt.Counted counted) {
        var who =
                new Session.SignedIn(
                        account.userId(),
                        connection,
                        new Authentication(needs.clock().instant(), List.of(PASSWORD_AMR)));
        var visit =
                needs.store()
                        .write(tx -> {
                            PasswordAttempts.right(tx, counted);
                            tx.events()
                                    .add(
                                            event(
                                                    EventType.LOGIN_SUCCEEDED,
                                                    request,
                                                    Optional.of(account),
                                                    connection));
                            return needs.sessions().signIn(tx, before, who, request.origin());
                        });
        return needs.sessions().give(goesOn(request, visit, entry), visit);
    }

    /// Signed in is signed in: a store that fails now must not keep its new cookie from the
    /// browser, which would have lost what it was doing.
    private Response goesOn(Request request, BrowserSessions.Visit visit, String entry) {
        try {
            return continuation.asked(request, visit, entry).isPresent()
                    ? continuation.signedIn(request, visit, entry)
                    : Response.seeOther(ACCOUNT);
        } catch (StoreUnavailable passing) {
            return entry.isEmpty() ? Response.seeOther(ACCOUNT) : continuation.resume(entry);
        }
    }

    private Response wrong(Request request, String entry, String email, Optional<Account> account) {
        needs.store()
                .write(tx -> {
                    tx.events().add(event(EventType.LOGIN_FAILED, request, account, ""));
                    return true;
                });
        return page(request, entry, new SignInTrouble.Wrong(), email, 401);
    }

    private Response throttled(Request request, String entry, String email, Duration retryAfter) {
        var network = ClientAddress.network(request.address());
        if (needs.limits().worthTelling(Limit.PAGES, "password " + network)) {
            var account = account(email);
            needs.store()
                    .write(tx -> {
                        tx.events().add(event(EventType.LOGIN_THROTTLED, request, account, ""));
                        return true;
                    });
        }
        int minutes = (int) retryAfter.plusSeconds(59).toMinutes();
        return page(request, entry, new SignInTrouble.Throttled(minutes), email, 429)
                .with("Retry-After", Long.toString(retryAfter.plusMillis(999).toSeconds()));
    }

    /// What was typed is not kept: it may be a password in the wrong field.
    private Event event(
            EventType type, Request request, Optional<Account> account, String connection) {
        var about = Event.About.NOTHING.from(request.origin());
        var known = account.map(a -> about.user(a.userId())).orElse(about);
        return new Event(
                type,
                needs.clock().instant(),
                known,
                connection.isEmpty() ? Map.of() : Map.of("connection", connection));
    }

    private Response signOut(Request request) {
        var form = request.form().orElse(Form.EMPTY);
        var visit = needs.sessions().of(request);
        if (visit.isEmpty()) {
            return needs.screen().show(request, new SignedOut(), 200);
        }
        if (!needs.screen()
                .guard()
                .passes(request, visit.map(BrowserSessions.Visit::token), form, Screen.SIGN_OUT)) {
            return trouble(request, 403, Trouble.Kind.FORBIDDEN);
        }
        var after = needs.sessions().signOut(visit.get(), request.origin());
        var entry =
                form.text("entry").filter(e -> continuation.asked(request, after, e).isPresent());
        var response =
                entry.map(e -> Response.seeOther(LOGIN + "?entry=" + e))
                        .orElseGet(() -> needs.screen().show(request, new SignedOut(), 200));
        return needs.sessions().give(response, after);
    }

    private Optional<Response> hurry(Request request) {
        var network = ClientAddress.network(request.address());
        if (needs.limits().exceeded(Limit.PAGES, network).isEmpty()) {
            return Optional.empty();
        }
        var about = Event.About.NOTHING.from(request.origin());
        needs.telling().limited(Limit.PAGES, network, about);
        return Optional.of(trouble(request, 429, Trouble.Kind.TOO_MANY).with("Retry-After", "1"));
    }

    private Response trouble(Request request, int status, Trouble.Kind kind) {
        return needs.screen().show(request, new Trouble(status, kind, ""), status);
    }
}
