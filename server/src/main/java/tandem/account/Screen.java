package tandem.account;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tandem.model.Account;
import tandem.model.DeviceFacts;
import tandem.model.Session;
import tandem.page.Assets;
import tandem.page.Colour;
import tandem.page.Languages;
import tandem.page.Page;
import tandem.page.Pages;
import tandem.page.Person;
import tandem.page.Theme;
import tandem.store.Store;
import tandem.web.FormGuard;
import tandem.web.PageHeaders;
import tandem.web.Request;
import tandem.web.Response;

/// Shows pages in the request's language and the operator's looks, under the headers that protect
/// them.
public final class Screen {
    /// What the form that signs out is about.
    static final String SIGN_OUT = "logout";

    private static final int UNAVAILABLE = 503;
    private static final String WISH = "tandem_ui_locales";

    private final Store store;
    private final AtomicReference<Pages> pages;
    private final Languages languages;
    private final FormGuard guard;
    private final boolean secure;

    /// @param secure whether the issuer is https
    public Screen(Store store, Pages pages, Languages languages, FormGuard guard, boolean secure) {
        this.store = store;
        this.pages = new AtomicReference<>(pages);
        this.languages = languages;
        this.guard = guard;
        this.secure = secure;
    }

    public FormGuard guard() {
        return guard;
    }

    /// The files that pages name now.
    public Assets assets() {
        return pages().assets();
    }

    public Response show(Request request, Page page, int status) {
        return show(request, page, status, "");
    }

    /// Shows a page whose form may lead to other origins.
    Response show(Request request, Page page, int status, String formTargets) {
        var asked = request.query().flatMap(q -> DeviceFacts.locales(q.text("ui_locales")));
        var wishes = asked.or(() -> request.cookie(WISH).map(w -> w.replace('_', ' '))).orElse("");
        var texts = languages.choose(wishes, request.header("Accept-Language").orElse(""));
        var html = Response.html(status, pages().draw(page, texts));
        var response =
                PageHeaders.protect(html, formTargets)
                        .with("Content-Language", texts.lang())
                        .with("Vary", "Accept-Language, Cookie");
        var told = status == UNAVAILABLE ? response.with("Retry-After", "1") : response;
        return asked.map(wish -> remember(told, wish)).orElse(told);
    }

    /// Until the browser is closed: the pages that follow are asked for without the wish.
    public Response remember(Response response, String wish) {
        var cookie = WISH + "=" + wish.replace(' ', '_') + "; Path=/; HttpOnly; SameSite=Lax";
        return response.with("Set-Cookie", secure ? cookie + "; Secure" : cookie);
    }

    private Pages pages() {
        var tenant = store.registered().tenant();
        var accent = tenant.accentColor().map(Colour::parse).orElse(Theme.STANDARD.accent());
        var theme = new Theme(tenant.friendlyName(), tenant.logo(), accent);
        return pages.updateAndGet(drawn -> drawn.dressed(theme));
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
