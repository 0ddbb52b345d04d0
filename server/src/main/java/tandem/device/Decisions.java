package tandem.device;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.model.Account;
import tandem.model.Approval;
import tandem.model.Consent;
import tandem.model.DeviceAuthorization;
import tandem.model.Entry;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Ids;
import tandem.model.Origin;
import tandem.model.Session;
import tandem.oauth.Scopes;
import tandem.store.Hold;
import tandem.store.Tx;
import tandem.token.Standing;

/// What a browser does with a code it has entered: confirm, approve, deny. Each is one transaction,
/// and only the session that entered the code can do it.
record Decisions(DeviceFlow flow) {

    /// Lets nobody else decide about the same code, or change the same person's consents, before
    /// this is done.
    void hold(Tx tx, Session session, String entryId) {
        tx.entries()
                .byId(entryId)
                .ifPresent(entry -> tx.hold(Hold.deviceAuthorization(entry.deviceAuthorization())));
        session.signedIn().ifPresent(in -> tx.hold(Hold.person(in.userId())));
    }

    /// The situation of an entry; empty when it is not this session's, or forgotten.
    Optional<Step.Situation> situation(Tx tx, Session session, String entryId, Origin browser) {
        var entry = tx.entries().byId(entryId).filter(e -> e.session().equals(session.id()));
        var asked = entry.flatMap(e -> tx.deviceAuthorizations().byId(e.deviceAuthorization()));
        var client = asked.flatMap(a -> tx.registered().client(a.client()));
        if (entry.isEmpty() || asked.isEmpty() || client.isEmpty()) {
            return Optional.empty();
        }
        var person =
                session.signedIn()
                        .flatMap(in ->
                                tx.accounts()
                                        .byId(in.userId())
                                        .filter(account -> !account.blocked())
                                        .map(a ->
                                                new Step.Person(
                                                        a, in.connection(), in.authentication())));
        return Optional.of(
                new Step.Situation(
                        tx.registered().tenant().deviceFlowEnabled(),
                        entry.get(),
                        asked.get(),
                        client.get(),
                        tx.registered().apis(asked.get().access().apis()),
                        person,
                        person.map(p -> expected(asked.get(), p.account())).orElse(true),
                        person.map(p -> consents(tx, asked.get(), p.account())).orElse(List.of()),
                        browser,
                        flow.now()));
    }

    private static List<Consent> consents(Tx tx, DeviceAuthorization asked, Account account) {
        var apis = asked.access().apis();
        return (apis.isEmpty() ? List.of("") : apis)
                .stream()
                        .flatMap(api ->
                                tx.consents().find(account.userId(), asked.client(), api).stream())
                        .toList();
    }

    /// A hint names an account by its id or by an address known to be its person's.
    private boolean expected(DeviceAuthorization asked, Account account) {
        return asked.binding()
                .loginHint()
                .map(hint ->
                        Stream.concat(
                                        Stream.of(account.userId()),
                                        account
                                                .email()
                                                .filter(e -> account.emailVerified())
                                                .stream())
                                .anyMatch(name -> LoginHint.names(flow.keys(), hint, name)))
                .orElse(true);
    }

    /// "Yes, it's my device": remembers it for this entry alone, and approves at once where nothing
    /// is left to ask.
    Step confirm(Tx tx, Step.Situation s) {
        if (!(Step.next(s) instanceof Step.Confirm)) {
            return Step.next(s);
        }
        var entry = s.entry().confirmed(s.now());
        tx.entries().save(entry);
        tx.events().add(event(EventType.DEVICE_CONFIRMED, s, Map.of("nearness", nearness(s))));
        var confirmed = with(s, entry);
        return goOn(tx, confirmed);
    }

    /// Approves when nothing is left to ask. Called by a POST only.
    Step goOn(Tx tx, Step.Situation s) {
        return switch (Step.next(s)) {
            case Step.Ready() -> approve(tx, s);
            case Step.NotAllowed(var reason) -> refused(tx, s, reason);
            case Step.Confirm() -> new Step.Confirm();
            case Step.SignIn(var again) -> new Step.SignIn(again);
            case Step.AskConsent() -> new Step.AskConsent();
            case Step.Over() -> new Step.Over();
        };
    }

    /// "Allow": remembers the consent and approves.
    Step allow(Tx tx, Step.Situation s) {
        return switch (Step.next(s)) {
            case Step.Ready() -> approve(tx, s);
            case Step.AskConsent() -> {
                consent(tx, s);
                yield approve(tx, s);
            }
            case Step.NotAllowed(var reason) -> refused(tx, s, reason);
            case Step.Confirm() -> new Step.Confirm();
            case Step.SignIn(var again) -> new Step.SignIn(again);
            case Step.Over() -> new Step.Over();
        };
    }

    /// "No": ends the request, and the device hears of it with its next poll.
    ///
    /// @param why [EventType#DEVICE_REPORTED] for "I didn't start this",
    ///   [EventType#CONSENT_REFUSED] for "Don't allow"
    Step deny(Tx tx, Step.Situation s, EventType why) {
        if (tx.deviceAuthorizations().deny(s.asked().id(), s.now())) {
            tx.entries().save(s.entry().declined(s.now()));
            tx.events().add(event(EventType.DEVICE_DENIED, s, Map.of()));
            tx.events().add(event(why, s, Map.of("nearness", nearness(s))));
        }
        return new Step.Over();
    }

    private Step approve(Tx tx, Step.Situation s) {
        var person = s.person().orElseThrow();
        var granted = Standing.remaining(tx.registered(), s.client(), s.asked().access());
        var approval =
                new Approval(
                        person.account().userId(),
                        granted.scopes(),
                        person.authentication(),
                        s.now());
        if (tx.deviceAuthorizations().approve(s.asked().id(), approval, s.now())) {
            tx.events().add(event(EventType.DEVICE_APPROVED, s, Map.of("nearness", nearness(s))));
        }
        return new Step.Over();
    }

    private void consent(Tx tx, Step.Situation s) {
        var person = s.person().orElseThrow();
        for (var needed : s.needed()) {
            var before =
                    s.consents().stream().filter(c -> c.api().equals(needed.api())).findFirst();
            tx.consents()
                    .put(
                            new Consent(
                                    before.map(Consent::id)
                                            .orElseGet(() -> Ids.CONSENT.random(flow.random())),
                                    person.account().userId(),
                                    s.client().id(),
                                    needed.api(),
                                    before.map(Consent::scopes)
                                            .orElse(Scopes.NONE)
                                            .and(needed.scopes().values()),
                                    s.now()));
        }
        tx.events()
                .add(
                        event(
                                EventType.CONSENT_GIVEN,
                                s,
                                Map.of("scope", s.asked().requested().toString())));
    }

    /// A person who may not use the app ends the request, so that the device hears of it; a network
    /// or an account that does not fit leaves it to run out, since its owner may still come from
    /// the right one.
    private Step refused(Tx tx, Step.Situation s, Step.Reason reason) {
        switch (reason) {
            case PERSON -> {
                if (tx.deviceAuthorizations().deny(s.asked().id(), s.now())) {
                    tx.events()
                            .add(
                                    event(
                                            EventType.DEVICE_ACTIVATION_FAILED,
                                            s,
                                            Map.of("reason", "person")));
                }
            }
            case NETWORK ->
                    tx.events()
                            .add(
                                    event(
                                            EventType.NETWORK_MISMATCHED,
                                            s,
                                            Map.of(
                                                    "device_address",
                                                    s.asked().origin().address())));
            case ACCOUNT ->
                    tx.events()
                            .add(
                                    event(
                                            EventType.DEVICE_ACTIVATION_FAILED,
                                            s,
                                            Map.of("reason", "account")));
            case SWITCHED_OFF -> {}
        }
        return new Step.NotAllowed(reason);
    }

    private static Event event(EventType type, Step.Situation s, Map<String, String> details) {
        var about = Event.About.of(s.asked()).from(s.browser());
        var known = s.person().map(p -> about.user(p.account().userId())).orElse(about);
        return new Event(type, s.now(), known, details);
    }

    private static String nearness(Step.Situation s) {
        return s.nearness().name().toLowerCase(Locale.ROOT);
    }

    private static Step.Situation with(Step.Situation s, Entry entry) {
        return new Step.Situation(
                s.flowEnabled(),
                entry,
                s.asked(),
                s.client(),
                s.apis(),
                s.person(),
                s.expected(),
                s.consents(),
                s.browser(),
                s.now());
    }
}
