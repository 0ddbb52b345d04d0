package tandem.account;

import java.util.List;
import java.util.Optional;
import tandem.model.Account;
import tandem.model.Authentication;
import tandem.model.Connection;
import tandem.model.Session;
import tandem.page.App;
import tandem.page.SignIn;
import tandem.page.SignInTrouble;
import tandem.store.Store;
import tandem.web.Form;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;

/// `/login`, for the slice.
public record LoginPages(
        Store store,
        Passwords passwords,
        BrowserSessions sessions,
        Screen screen,
        Continuation continuation) {

    public void routes(Routes routes) {
        routes.get("/login", this::show).post("/login", this::signIn);
    }

    private Response show(Request request) {
        var entry = request.query().orElse(Form.EMPTY).text("entry").orElse("");
        return page(request, entry, new SignInTrouble.None(), "", 200);
    }

    private Response page(
            Request request, String entry, SignInTrouble trouble, String email, int status) {
        var visit = sessions.of(request);
        var begun = visit.orElseGet(() -> sessions.begin(request));
        var client =
                store.read(tx -> continuation.asked(tx, begun.session(), entry))
                        .map(Continuation.Asked::client);
        List<SignIn.Option> options =
                client.map(c -> store.registered().connectionsOf(c))
                        .orElseGet(() -> store.registered().connections())
                        .stream()
                        .filter(c -> c.strategy() == Connection.Strategy.PASSWORD)
                        .<SignIn.Option>map(c -> new SignIn.Option.Password())
                        .toList();
        var signIn =
                new SignIn(
                        client.map(c -> new App(c.name(), c.logo(), c.firstParty())),
                        options,
                        trouble,
                        email,
                        entry.isEmpty() ? Optional.empty() : Optional.of(entry),
                        screen.guard().token(begun.token(), "login:" + entry));
        var response = screen.show(request, signIn, status);
        return visit.isPresent() ? response : sessions.give(response, begun);
    }

    private Response signIn(Request request) {
        var form = request.form().orElse(Form.EMPTY);
        var entry = form.text("entry").orElse("");
        var email = form.text("email").orElse("");
        var visit = sessions.of(request);
        if (visit.isEmpty()
                || !screen.guard()
                        .passes(request, sessions.token(request), form, "login:" + entry)) {
            return page(request, entry, new SignInTrouble.ExpiredAttempt(), email, 403);
        }
        var account = store.read(tx -> tx.accounts().byEmail(Account.normalEmail(email)));
        var right =
                passwords.matches(
                        form.text("password").orElse(""), account.flatMap(Account::password));
        if (!right.orElse(false) || account.isEmpty() || account.get().blocked()) {
            return page(request, entry, new SignInTrouble.Wrong(), email, 401);
        }
        var signedIn =
                sessions.signIn(
                        visit.get(),
                        new Session.SignedIn(
                                account.get().userId(),
                                "passwords",
                                new Authentication(sessions.now(), List.of("pwd"))));
        return sessions.give(continuation.signedIn(request, signedIn, entry), signedIn);
    }
}
