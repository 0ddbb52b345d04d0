package tandem.account;

import java.util.Optional;
import tandem.page.Languages;
import tandem.page.Page;
import tandem.page.Pages;
import tandem.page.Person;
import tandem.web.FormGuard;
import tandem.web.PageHeaders;
import tandem.web.Request;
import tandem.web.Response;

/// Shows pages in the request's language, under the headers that protect them.
public record Screen(Pages pages, Languages languages, FormGuard guard) {

    public Response show(Request request, Page page, int status) {
        var wishes = request.query().flatMap(q -> q.text("ui_locales")).orElse("");
        var texts = languages.choose(wishes, request.header("Accept-Language").orElse(""));
        return PageHeaders.protect(Response.html(status, pages.draw(page, texts)))
                .with("Content-Language", texts.lang())
                .with("Vary", "Accept-Language, Cookie");
    }

    /// Who is signed in, for a page's corner.
    public Optional<Person> person(BrowserSessions.Visit visit) {
        return Optional.empty();
    }
}
