package tandem.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.account.BrowserSessions.Visit;
import tandem.account.Providers.Arrival;
import tandem.account.Providers.Departure;
import tandem.model.Connection;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Session;
import tandem.page.SignInTrouble;
import tandem.page.Trouble;
import tandem.store.StoreUnavailable;
import tandem.web.ClientAddress;
import tandem.web.Form;
import tandem.web.Limits.Limit;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;

/// The way to an OpenID provider and back: `/login/provider` and `/login/callback`.
///
/// Signs in and goes on; approves nothing, since the way back is a GET.
///
/// @param signIn the page to fall back on, where the other login options are
record ProviderPages(
        AccountRoom.Needs needs,
        Providers providers,
        Continuation continuation,
        SignInView signIn) {

    static final String DEPARTURE = "/login/provider";

    /// Shows the sign-in page with what went wrong.
    @FunctionalInterface
    interface SignInView {

        /// Shows it.
        ///
        /// @param entry what the person is doing; empty text on the way to their account page
        Response page(
                Request request, String entry, SignInTrouble trouble, String email, int status);
    }

    void routes(Routes routes) {
        routes.post(DEPARTURE, this::depart).get(Providers.CALLBACK, this::arrive);
    }

    private Response depart(Request request) {
        var network = ClientAddress.network(request.address());
        if (needs.limits().exceeded(Limit.PAGES, network).isPresent()) {
            var about = Event.About.NOTHING.from(request.origin());
            needs.telling().limited(Limit.PAGES, network, about);
            return needs.screen()
                    .show(request, new Trouble(429, Trouble.Kind.TOO_MANY, ""), 429)
                    .with("Retry-After", "1");
        }
        var form = request.form().orElse(Form.EMPTY);
        var entry = form.text("entry");
        var about = LoginPages.about(entry.orElse(""));
        var visit = needs.sessions().of(request);
        if (visit.isEmpty()
                || !needs.screen().guard().passes(request, visit.map(Visit::token), form, about)) {
            return page(request, entry, new SignInTrouble.ExpiredAttempt(), 403);
        }
        var connection =
                offered(request, visit.get(), entry).stream()
                        .filter(c -> form.text("connection").filter(c.name()::equals).isPresent())
                        .findFirst();
        if (connection.isEmpty()) {
            return page(request, entry, new SignInTrouble.None(), 400);
        }
        boolean anew = anew(request, visit.get(), entry);
        return switch (providers.begin(visit.get().session(), connection.get(), entry, anew)) {
            case Departure.To(var location) -> Response.seeOther(location.toString());
            case Departure.Down() -> page(request, entry, down(connection.get()), 503);
        };
    }

    /// A session at the provider is not enough where the one here was not either, or where the app
    /// wants a sign-in of its own.
    private boolean anew(Request request, Visit visit, Optional<String> entry) {
        return entry.flatMap(e -> continuation.asked(request, visit, e))
                .filter(Continuation.Asked::signInDue)
                .filter(asked ->
                        visit.session().signedIn().isPresent()
                                || asked.client().deviceAuthorization().requireReauthentication())
                .isPresent();
    }

    /// The providers among the login options: those of the entry's client, else all.
    private List<Connection> offered(Request request, Visit visit, Optional<String> entry) {
        var registered = needs.store().registered();
        return entry
                .flatMap(e -> continuation.asked(request, visit, e))
                .map(asked -> registered.connectionsOf(asked.client()))
                .orElseGet(registered::connections)
                .stream()
                .filter(c -> c.provider().isPresent())
                .toList();
    }

    private Response arrive(Request request) {
        var visit = needs.sessions().of(request);
        if (visit.isEmpty()) {
            return page(request, Optional.empty(), new SignInTrouble.ExpiredAttempt(), 403);
        }
        var query = request.query().orElse(Form.EMPTY);
        return switch (providers.arrive(query, visit.get().session())) {
            case Arrival.Person person -> signedIn(request, visit.get(), person);
            case Arrival.Failed(var connection, var entry) -> failed(request, connection, entry);
            case Arrival.Down(var connection, var entry) ->
                    page(request, entry, down(connection), 503);
            case Arrival.Expired(var entry) ->
                    page(request, entry, new SignInTrouble.ExpiredAttempt(), 403);
        };
    }

    private Response signedIn(Request request, Visit before, Arrival.Person person) {
        var userId = person.account().userId();
        var connection = person.connection();
        var who = new Session.SignedIn(userId, connection.name(), person.authentication());
        var about = Event.About.NOTHING.user(userId).from(request.origin());
        var visit =
                needs.store()
                        .write(tx -> {
                            tx.events().add(event(EventType.LOGIN_SUCCEEDED, about, connection));
                            return needs.sessions().signIn(tx, before, who, request.origin());
                        });
        var response =
                person.entry()
                        .filter(e -> asked(request, visit, e))
                        .map(continuation::resume)
                        .orElseGet(() -> Response.seeOther(LoginPages.ACCOUNT));
        return needs.sessions().give(response, visit);
    }

    /// Where the store fails now, the next page finds out: the browser must learn its new cookie.
    private boolean asked(Request request, Visit visit, String entry) {
        try {
            return continuation.asked(request, visit, entry).isPresent();
        } catch (StoreUnavailable passing) {
            return true;
        }
    }

    private Response failed(Request request, Connection connection, Optional<String> entry) {
        var about = Event.About.NOTHING.from(request.origin());
        needs.store()
                .write(tx -> {
                    tx.events().add(event(EventType.LOGIN_FAILED, about, connection));
                    return true;
                });
        return page(
                request, entry, new SignInTrouble.ProviderFailed(connection.displayName()), 401);
    }

    private Event event(EventType type, Event.About about, Connection connection) {
        return new Event(
                type, needs.clock().instant(), about, Map.of("connection", connection.name()));
    }

    private static SignInTrouble down(Connection connection) {
        return new SignInTrouble.ProviderDown(connection.displayName());
    }

    private Response page(
            Request request, Optional<String> entry, SignInTrouble trouble, int status) {
        return signIn.page(request, entry.orElse(""), trouble, "", status);
    }
}
