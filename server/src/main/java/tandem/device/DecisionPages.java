package tandem.device;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import tandem.account.BrowserSessions;
import tandem.account.Continuation;
import tandem.account.Screen;
import tandem.model.DeviceAuthorization.State;
import tandem.model.EventType;
import tandem.oauth.SecretHash;
import tandem.page.AlreadyDecided;
import tandem.page.Declined;
import tandem.page.Done;
import tandem.page.EntryForm;
import tandem.page.Expired;
import tandem.page.NotAllowed;
import tandem.page.Page;
import tandem.page.Person;
import tandem.page.Trouble;
import tandem.store.Signal;
import tandem.store.StoreUnavailable;
import tandem.store.Tx;
import tandem.web.Form;
import tandem.web.Json;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;

/// The pages after a code was entered: confirm, consent, done. Each shows itself only when it is
/// due, and sends to the one that is otherwise.
///
/// A GET shows; only a POST of a form that this session was shown, about this entry, decides.
record DecisionPages(
        DeviceFlow flow, Decisions decisions, Views views, BrowserSessions sessions, Screen screen)
        implements Continuation {

    static final String CONFIRM = "/activate/confirm";
    static final String CONSENT = "/activate/consent";
    static final String DONE = "/activate/done";
    private static final String STATUS = "/activate/status";

    void routes(Routes routes) {
        routes.get(CONFIRM, this::show)
                .post(CONFIRM, this::confirm)
                .get(CONSENT, this::show)
                .post(CONSENT, this::consent)
                .get(DONE, this::show)
                .get(STATUS, this::status);
    }

    @Override
    public Optional<Asked> asked(Request request, BrowserSessions.Visit visit, String entry) {
        return situation(request, visit, entry)
                .map(s -> new Asked(s.client(), Step.next(s) instanceof Step.SignIn));
    }

    /// The password was given for this: where nothing is left to ask, that approves.
    @Override
    public Response signedIn(Request request, BrowserSessions.Visit visit, String entry) {
        return decide(request, visit, entry, decisions::goOn);
    }

    @Override
    public Response resume(String entry) {
        return Response.seeOther(CONSENT + "?entry=" + entry);
    }

    private Response show(Request request) {
        var entry = request.query().orElse(Form.EMPTY).text("entry").orElse("");
        var visit = sessions.of(request);
        var situation = visit.flatMap(v -> situation(request, v, entry));
        if (visit.isEmpty() || situation.isEmpty()) {
            return Response.seeOther("/activate");
        }
        var s = situation.get();
        var step = Step.next(s);
        var due = path(step);
        if (!due.equals(request.path())) {
            return Response.seeOther(due + "?entry=" + entry);
        }
        var csrf = screen.guard().token(visit.get().token(), about(entry));
        return switch (step) {
            case Step.Confirm() -> screen.show(request, views.confirm(s, csrf), 200);
            case Step.AskConsent() ->
                    screen.show(request, views.consent(s, person(s, visit.get()), csrf), 200);
            case Step.Ready() ->
                    screen.show(request, views.finish(s, person(s, visit.get()), csrf), 200);
            case Step.Over() -> screen.show(request, over(s), 200);
            case Step.NotAllowed(var reason) -> notAllowed(request, visit.get(), s, reason);
            case Step.SignIn(_) -> throw new IllegalStateException("sign-in is elsewhere");
        };
    }

    private Person person(Step.Situation s, BrowserSessions.Visit visit) {
        return screen.person(s.person().orElseThrow().account(), visit);
    }

    private Response confirm(Request request) {
        return switch (answer(request)) {
            case "yes" -> decide(request, decisions::confirm);
            case "no" ->
                    decide(request, (tx, s) -> decisions.deny(tx, s, EventType.DEVICE_REPORTED));
            default -> trouble(request, 400, Trouble.Kind.BAD_REQUEST);
        };
    }

    private Response consent(Request request) {
        return switch (answer(request)) {
            case "allow" -> decide(request, decisions::allow);
            case "deny" ->
                    decide(request, (tx, s) -> decisions.deny(tx, s, EventType.CONSENT_REFUSED));
            default -> trouble(request, 400, Trouble.Kind.BAD_REQUEST);
        };
    }

    private static String answer(Request request) {
        return request.form().flatMap(form -> form.text("answer")).orElse("");
    }

    private Response decide(Request request, BiFunction<Tx, Step.Situation, Step> decision) {
        var form = request.form().orElse(Form.EMPTY);
        var entry = form.text("entry").orElse("");
        var visit = sessions.of(request);
        if (!screen.guard().passes(request, sessions.token(request), form, about(entry))) {
            return trouble(request, 403, Trouble.Kind.FORBIDDEN);
        }
        if (visit.isEmpty()) { // over since the page was shown, or its person is blocked
            return Response.seeOther("/activate");
        }
        return decide(request, visit.get(), entry, decision);
    }

    private Response decide(
            Request request,
            BrowserSessions.Visit visit,
            String entry,
            BiFunction<Tx, Step.Situation, Step> decision) {
        var situation = written(request, visit, entry, decision);
        if (situation.isEmpty()) {
            return Response.seeOther("/activate");
        }
        var decided = situation.get();
        if (ends(decided.step)) {
            flow.live().decided(decided.before.asked().deviceCode());
        }
        return decided.step instanceof Step.NotAllowed(var reason)
                ? notAllowed(request, visit, decided.before, reason)
                : Response.seeOther(path(decided.step) + "?entry=" + entry);
    }

    private Optional<Decided> written(
            Request request,
            BrowserSessions.Visit visit,
            String entry,
            BiFunction<Tx, Step.Situation, Step> decision) {
        var code = new AtomicReference<Optional<SecretHash>>(Optional.empty());
        try {
            return flow.store()
                    .write(tx -> {
                        decisions.hold(tx, visit.session(), entry);
                        var before =
                                decisions.situation(tx, visit.session(), entry, request.origin());
                        code.set(before.map(s -> s.asked().deviceCode()));
                        return before.map(s -> decided(tx, s, decision.apply(tx, s)));
                    });
        } catch (StoreUnavailable unclear) {
            // Decided or not, which the store knows: the device must not wait for a word.
            code.get().ifPresent(flow.live()::decided);
            throw unclear;
        }
    }

    /// The node that the device asks may be another.
    private static Decided decided(Tx tx, Step.Situation before, Step step) {
        if (ends(step)) {
            tx.tell(new Signal.Decided(before.asked().deviceCode()));
        }
        return new Decided(before, step);
    }

    /// True when the device is to hear of it.
    private static boolean ends(Step step) {
        return step instanceof Step.Over
                || (step instanceof Step.NotAllowed(var reason) && reason == Step.Reason.PERSON);
    }

    private Response notAllowed(
            Request request, BrowserSessions.Visit visit, Step.Situation s, Step.Reason reason) {
        var another =
                s.person()
                        .filter(person -> reason == Step.Reason.ACCOUNT)
                        .map(person ->
                                new EntryForm(
                                        s.entry().id(),
                                        screen.person(person.account(), visit).csrf()));
        var page = new NotAllowed(Optional.of(Views.app(s.client())), reason(reason), another);
        return screen.show(request, page, 403);
    }

    /// What a decision was made on, and what came of it.
    private record Decided(Step.Situation before, Step step) {}

    /// How far the device is, for the page that waits with the person.
    private Response status(Request request) {
        var entry = request.query().orElse(Form.EMPTY).text("entry").orElse("");
        var state =
                sessions.of(request)
                        .flatMap(visit -> situation(request, visit, entry))
                        .filter(this::approvedByThisPerson)
                        .map(DecisionPages::pickedUp);
        return state.map(value -> Response.json(200, Json.bytes(Map.of("state", value))))
                .orElseGet(() -> Response.json(404, Json.bytes(Map.of("state", "unknown"))));
    }

    private static String pickedUp(Step.Situation s) {
        if (s.asked().state() instanceof State.Redeemed) {
            return "redeemed";
        }
        return s.asked().expired(s.now()) ? "expired" : "approved";
    }

    private Page over(Step.Situation s) {
        var app = Views.app(s.client());
        return switch (s.asked().state()) {
            case State.Pending() -> new Expired();
            case State.Denied(_) ->
                    s.entry().declinedAt().isPresent()
                            ? new Declined(app, s.entry().confirmedAt().isEmpty())
                            : new AlreadyDecided(app, AlreadyDecided.Answer.DECLINED);
            case State.Approved(_) -> {
                if (!approvedByThisPerson(s)) {
                    yield new AlreadyDecided(app, connectedBy(s));
                }
                yield s.asked().expired(s.now())
                        ? new Expired()
                        : new Done(app, false, s.entry().id());
            }
            case State.Redeemed(_, _) ->
                    approvedByThisPerson(s)
                            ? new Done(app, true, s.entry().id())
                            : new AlreadyDecided(app, connectedBy(s));
        };
    }

    /// Whoever is signed in here has not done it.
    private static AlreadyDecided.Answer connectedBy(Step.Situation s) {
        return s.person().isPresent()
                ? AlreadyDecided.Answer.CONNECTED_BY_ANOTHER
                : AlreadyDecided.Answer.CONNECTED;
    }

    private boolean approvedByThisPerson(Step.Situation s) {
        var person = s.person().map(p -> p.account().userId());
        var approver =
                switch (s.asked().state()) {
                    case State.Approved(var approval) -> Optional.of(approval.userId());
                    case State.Redeemed(var link, _) ->
                            flow.store()
                                    .read(tx -> tx.links().byId(link))
                                    .map(found -> found.userId());
                    case State.Pending() -> Optional.<String>empty();
                    case State.Denied(_) -> Optional.<String>empty();
                };
        return approver.isPresent() && approver.equals(person);
    }

    private Optional<Step.Situation> situation(
            Request request, BrowserSessions.Visit visit, String entry) {
        return flow.store()
                .read(tx -> decisions.situation(tx, visit.session(), entry, request.origin()));
    }

    private Response trouble(Request request, int status, Trouble.Kind kind) {
        return screen.show(request, new Trouble(status, kind, ""), status);
    }

    private static String path(Step step) {
        return switch (step) {
            case Step.Confirm() -> CONFIRM;
            case Step.SignIn(_) -> "/login";
            case Step.AskConsent(), Step.Ready() -> CONSENT;
            case Step.Over(), Step.NotAllowed(_) -> DONE;
        };
    }

    private static NotAllowed.Reason reason(Step.Reason reason) {
        return switch (reason) {
            case PERSON -> NotAllowed.Reason.PERSON;
            case ACCOUNT -> NotAllowed.Reason.ACCOUNT;
            case NETWORK -> NotAllowed.Reason.NETWORK;
            case SWITCHED_OFF -> NotAllowed.Reason.SWITCHED_OFF;
        };
    }

    private static String about(String entry) {
        return "entry:" + entry;
    }
}
