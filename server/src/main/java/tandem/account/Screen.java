package tandem.account;

import java.util.Optional;
import tandem.model.Account;
import tandem.model.Session;
import tandem.page.Languages;
import tandem.page.Page;
import tandem.page.Pages;
import tandem.page.Person;
import tandem.store.Store;
import tandem.web.FormGuard;
import tandem.web.PageHeaders;
import tandem.web.Request;
import tandem.web.Response;

/// Shows pages in the request's language, under the headers that protect them.
public record Screen(Store store, Pages pages, Languages languages, FormGuard guard) {
    /// What the form that signs out is about.
    static final String SIGN_OUT = "logout";

    public Response show(Request request, Page page, int status) {
        return show(request, page, status, "");
    }

    /// Shows a page whose form may lead to other origins.
    Response show(Request request, Page page, int status, String formTargets) {
        var wishes = request.query().flatMap(q -> q.text("ui_locales")).orElse("");
        var texts = languages.choose(wishes, request.header("Accept-Language").orElse(""));
        var html = Response.html(status, pages.draw(page, texts));
        return PageHeaders.protect(html, formTargets)
                .with("Content-Language", texts.lang())
                .with("Vary", "Accept-Language, Cookie");
    }

    /// Who is signed in, for a page's corner.
    public Optional<Person> person(BrowserSessions.Visit visit) {
        return visit.session()
                .signedIn()
                .map(Session.SignedIn::userId)
                .flatMap(id -> store.read(tx -> tx.accounts().byId(id)))
                .map(account -> person(account, visit));
    }

    public Person person(Account account, BrowserSessions.Visit visit) {
        var name = account.email().or(account::name).orElse(account.userId());
        return new Person(name, guard.token(visit.token(), SIGN_OUT));
    }
}
