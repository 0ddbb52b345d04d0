package tandem.device;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tandem.account.BrowserSessions;
import tandem.account.Screen;
import tandem.model.DeviceAuthorization;
import tandem.model.Entry;
import tandem.model.Event;
import tandem.oauth.UserCode;
import tandem.page.EnterCode;
import tandem.page.EnterCode.CodeShape;
import tandem.page.EnterCode.CodeTrouble;
import tandem.page.NotAllowed;
import tandem.web.ClientAddress;
import tandem.web.Form;
import tandem.web.Limits.Limit;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;
import tandem.web.SessionCookie;

/// `/activate`: where a person enters the code, or arrives with it. [RFC 8628
/// §3.3](https://www.rfc-editor.org/rfc/rfc8628#section-3.3)
///
/// Arriving with the code is the same as entering it: it leads to the confirm page and approves
/// nothing (§3.3.1).
record CodePages(DeviceFlow flow, CodeEntry codes, BrowserSessions sessions, Screen screen) {

    private static final String PATH = "/activate";
    private static final int TYPED_SHOWN_MAX = 32;

    void routes(Routes routes) {
        routes.get(PATH, this::show).post(PATH, this::entered);
    }

    private Response show(Request request) {
        var typed = request.query().orElse(Form.EMPTY).all("user_code");
        return typed.isEmpty() ? page(request, CodeTrouble.NONE, "", 200) : enter(request, typed);
    }

    private Response entered(Request request) {
        var form = request.form().orElse(Form.EMPTY);
        if (!screen.guard().passes(request, sessions.token(request), form, PATH)) {
            return page(
                    request, CodeTrouble.NOT_OURS, shown(form.text("user_code").orElse("")), 403);
        }
        var typed = form.all("user_code");
        return typed.isEmpty() ? page(request, CodeTrouble.EMPTY, "", 400) : enter(request, typed);
    }

    private Response enter(Request request, List<String> given) {
        if (!flow.store().registered().tenant().deviceFlowEnabled()) {
            return screen.show(
                    request,
                    new NotAllowed(
                            Optional.empty(), NotAllowed.Reason.SWITCHED_OFF, Optional.empty()),
                    403);
        }
        var network = ClientAddress.network(request.address());
        var hurry = flow.limits().exceeded(Limit.PAGES, network);
        if (hurry.isPresent()) {
            var about = Event.About.NOTHING.from(request.origin());
            flow.telling().limited(Limit.PAGES, network, about);
            return tooMany(request, hurry.get());
        }
        var typed = given.size() == 1 ? given.getFirst() : "";
        var visit = sessions.of(request);
        var visitor =
                new CodeEntry.Visitor(
                        visit.map(BrowserSessions.Visit::session),
                        visit.map(v -> v.session().id())
                                .or(() -> sessions.token(request).map(t -> t.hash().value())),
                        request.origin());
        var result =
                codes.enter(
                        typed, visitor, tx -> visit.orElseGet(() -> sessions.begin(tx, request)));
        return switch (result) {
            case CodeEntry.Result.Entered(var by, var entry, var asked) ->
                    visit.isPresent() ? to(entry, asked) : sessions.give(to(entry, asked), by);
            case CodeEntry.Result.Known(var entry, var asked) -> to(entry, asked);
            case CodeEntry.Result.Wrong() -> page(request, CodeTrouble.INVALID, shown(typed), 400);
            case CodeEntry.Result.TooMany(var retryAfter) -> {
                tell(visitor, network);
                yield tooMany(request, retryAfter);
            }
        };
    }

    private void tell(CodeEntry.Visitor visitor, String network) {
        if (flow.limits().worthTelling(Limit.WRONG_CODES, network)) {
            flow.store()
                    .write(tx -> {
                        codes.limited(tx, visitor);
                        return true;
                    });
        }
    }

    /// The pages that follow are in the language the device wished for, if it did.
    private Response to(Entry entry, DeviceAuthorization asked) {
        var next = Response.seeOther(DecisionPages.CONFIRM + "?entry=" + entry.id());
        return asked.device().uiLocales().map(wish -> screen.remember(next, wish)).orElse(next);
    }

    private Response tooMany(Request request, Duration retryAfter) {
        return page(request, CodeTrouble.TOO_MANY, "", 429, retryAfter)
                .with("Retry-After", Long.toString(retryAfter.plusMillis(999).toSeconds()));
    }

    private Response page(Request request, CodeTrouble trouble, String typed, int status) {
        return page(request, trouble, typed, status, Duration.ZERO);
    }

    /// The form's token is bound to the cookie; a browser without one is given one here, and a
    /// session in the store only when it enters a code that lives.
    private Response page(
            Request request, CodeTrouble trouble, String typed, int status, Duration retryAfter) {
        var format = flow.store().registered().tenant().userCodes();
        var held = sessions.token(request);
        var token = held.orElseGet(sessions::draw);
        var page =
                new EnterCode(
                        trouble,
                        typed,
                        new CodeShape(format.mask(), format.charset() == UserCode.Charset.DIGITS),
                        (int) Math.max(1, retryAfter.plusSeconds(59).toMinutes()),
                        sessions.of(request).flatMap(screen::person),
                        screen.guard().token(token, PATH));
        var response = screen.show(request, page, status);
        return held.isPresent() ? response : give(response, token);
    }

    private Response give(Response response, SessionCookie.Token token) {
        return sessions.give(response, token);
    }

    /// What was typed, given back to be corrected; nothing longer than a code with separators.
    private static String shown(String typed) {
        return typed.length() > TYPED_SHOWN_MAX ? "" : typed;
    }
}
