package tandem.device;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tandem.account.BrowserSessions;
import tandem.account.FailureLimit;
import tandem.model.Client;
import tandem.model.DeviceAuthorization;
import tandem.model.Entry;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Ids;
import tandem.model.Origin;
import tandem.model.Session;
import tandem.oauth.UserCode;
import tandem.secret.Purpose;
import tandem.store.Tx;
import tandem.web.ClientAddress;
import tandem.web.Limits.Limit;

/// A person enters a code: looked up, counted against the limits, and tied to their session. [RFC
/// 8628 §5.1](https://www.rfc-editor.org/rfc/rfc8628#section-5.1)
///
/// A guess may hit any code that lives. So wrong ones are counted by address, by session, by
/// account and over all, before the look-up, and over a limit a right code is refused like a wrong
/// one. Right ones are given back; they reset nothing.
record CodeEntry(DeviceFlow flow) {

    private static final int WRONG_PER_ACCOUNT_MAX = 20;
    private static final Duration ACCOUNT_WINDOW = Duration.ofHours(1);

    /// What came of it.
    sealed interface Result {
        /// The code lives and is tied to this session now.
        record Entered(BrowserSessions.Visit by, Entry entry, DeviceAuthorization asked)
                implements Result {}

        /// This session had entered the code while it lived, and may be told what became of it.
        record Known(Entry entry, DeviceAuthorization asked) implements Result {}

        record Wrong() implements Result {}

        record TooMany(Duration retryAfter) implements Result {}
    }

    /// Who is entering a code.
    ///
    /// @param session empty for a browser that has none yet
    /// @param browser what its wrong codes are counted by: the session, or the cookie before it
    record Visitor(Optional<Session> session, Optional<String> browser, Origin origin) {

        Optional<String> userId() {
            return session.flatMap(Session::signedIn).map(Session.SignedIn::userId);
        }
    }

    /// Looks a code up and ties it to a session, unless that is over a limit.
    ///
    /// @param session the visitor's, or one that is begun now
    Result enter(String typed, Visitor visitor, Function<Tx, BrowserSessions.Visit> session) {
        var refused = taken(visitor);
        if (refused.isPresent()) {
            return new Result.TooMany(refused.get());
        }
        var limit = limit(visitor);
        // An account's flood costs a look, not a commit; an address's was refused from memory.
        var over =
                limit.filter(_ -> visitor.userId().isPresent())
                        .flatMap(l -> flow.store().read(tx -> l.wait(tx, flow.now())));
        var result =
                over.<Result>map(Result.TooMany::new)
                        .orElseGet(() ->
                                flow.store()
                                        .write(tx -> enter(tx, limit, typed, visitor, session)));
        switch (result) {
            case Result.Entered _, Result.Known _, Result.TooMany _ -> giveBack(visitor);
            case Result.Wrong() -> {}
        }
        return result;
    }

    private Result enter(
            Tx tx,
            Optional<FailureLimit> limit,
            String typed,
            Visitor visitor,
            Function<Tx, BrowserSessions.Visit> session) {
        limit.ifPresent(l -> l.hold(tx));
        var over = limit.flatMap(l -> l.wait(tx, flow.now()));
        if (over.isPresent()) {
            return new Result.TooMany(over.get());
        }
        var found = find(tx, typed);
        if (found.filter(asked -> mayBeDecided(tx, asked)).isPresent()) {
            return entered(tx, found.get(), typed, visitor, session.apply(tx));
        }
        var known =
                found.flatMap(asked ->
                        visitor.session()
                                .flatMap(s -> tx.entries().bySession(s.id(), asked.id()))
                                .map(entry -> new Result.Known(entry, asked)));
        if (known.isPresent()) {
            return known.get();
        }
        limit.ifPresent(l -> l.count(tx, flow.now()));
        tell(tx, visitor);
        return new Result.Wrong();
    }

    private Result entered(
            Tx tx,
            DeviceAuthorization asked,
            String typed,
            Visitor visitor,
            BrowserSessions.Visit by) {
        var entry =
                tx.entries()
                        .bySession(by.session().id(), asked.id())
                        .orElseGet(() -> tie(tx, asked, typed, by.session(), visitor));
        return new Result.Entered(by, entry, asked);
    }

    private boolean mayBeDecided(Tx tx, DeviceAuthorization asked) {
        return asked.undecided(flow.now())
                && tx.registered().client(asked.client()).filter(Client::enabled).isPresent();
    }

    private Optional<DeviceAuthorization> find(Tx tx, String typed) {
        var charset = tx.registered().tenant().userCodes().charset();
        for (var code : UserCode.read(typed, charset)) {
            var found =
                    tx.deviceAuthorizations()
                            .byUserCode(flow.keys().hashes(Purpose.USER_CODE, code.value()));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Entry tie(
            Tx tx, DeviceAuthorization asked, String typed, Session session, Visitor visitor) {
        var format = tx.registered().tenant().userCodes();
        var shown =
                UserCode.read(typed, format.charset()).stream()
                        .filter(code ->
                                flow.keys()
                                        .matches(Purpose.USER_CODE, code.value(), asked.userCode()))
                        .findFirst()
                        .map(format::show)
                        .orElseThrow();
        var entry =
                new Entry(
                        Ids.ENTRY.random(flow.random()),
                        session.id(),
                        asked.id(),
                        flow.keys().seal(Purpose.ENTERED_CODE, shown),
                        flow.now(),
                        Optional.empty(),
                        Optional.empty());
        tx.entries().add(entry);
        var about = Event.About.of(asked).from(visitor.origin());
        var by = visitor.userId().map(about::user).orElse(about);
        var age = Duration.between(asked.askedAt(), flow.now()).toSeconds();
        tx.events()
                .add(
                        new Event(
                                EventType.DEVICE_ENTERED,
                                flow.now(),
                                by,
                                Map.of("age_seconds", Long.toString(age))));
        return entry;
    }

    /// Takes one of each that is counted in memory, or tells how long to wait.
    private Optional<Duration> taken(Visitor visitor) {
        var wait =
                visitor.userId().isPresent()
                        ? Optional.<Duration>empty()
                        : flow.summed()
                                .exceeded(Limit.WRONG_CODES, network(visitor))
                                .or(() -> overAll(visitor));
        return wait.or(() -> session(visitor));
    }

    private void giveBack(Visitor visitor) {
        if (visitor.userId().isEmpty()) {
            flow.summed().giveBack(Limit.WRONG_CODES, network(visitor));
            flow.summed().giveBack(Limit.WRONG_CODES_OVER_ALL, "");
        }
        visitor.browser().ifPresent(b -> flow.summed().giveBack(Limit.WRONG_CODES_PER_SESSION, b));
    }

    /// Tells the other nodes of what stays taken here.
    private void tell(Tx tx, Visitor visitor) {
        if (visitor.userId().isEmpty()) {
            flow.summed().tell(tx, Limit.WRONG_CODES, network(visitor));
            flow.summed().tell(tx, Limit.WRONG_CODES_OVER_ALL, "");
        }
        visitor.browser().ifPresent(b -> flow.summed().tell(tx, Limit.WRONG_CODES_PER_SESSION, b));
    }

    /// Tells the operator that a limit was reached; the caller says it once a minute at most.
    void limited(Tx tx, Visitor visitor) {
        var about = Event.About.NOTHING.from(visitor.origin());
        var by = visitor.userId().map(about::user).orElse(about);
        tx.events().add(Event.of(EventType.CODE_GUESS_LIMITED, flow.now(), by));
    }

    /// What the store counts: an account's, and where there may be other nodes, an address's. An
    /// address has of all nodes together what this one would let through within a period; what it
    /// may do over a longer time, the nodes know from each other.
    private Optional<FailureLimit> limit(Visitor visitor) {
        var rate = flow.limits().rate(Limit.WRONG_CODES);
        var account = visitor.userId();
        if (account.isPresent()) {
            return rate.map(_ -> limit(account.get(), WRONG_PER_ACCOUNT_MAX, ACCOUNT_WINDOW));
        }
        return rate.filter(_ -> flow.store().shared())
                .map(r -> limit('\n' + network(visitor), r.burst() + r.refill(), r.period()));
    }

    private FailureLimit limit(String who, int max, Duration window) {
        return new FailureLimit(flow.keys().hash(Purpose.FAILURE, "code/" + who), max, window);
    }

    private Optional<Duration> overAll(Visitor visitor) {
        var wait = flow.summed().exceeded(Limit.WRONG_CODES_OVER_ALL, "");
        wait.ifPresent(w -> flow.summed().giveBack(Limit.WRONG_CODES, network(visitor)));
        return wait;
    }

    private Optional<Duration> session(Visitor visitor) {
        return visitor.browser()
                .flatMap(b -> flow.summed().exceeded(Limit.WRONG_CODES_PER_SESSION, b));
    }

    private static String network(Visitor visitor) {
        return ClientAddress.network(visitor.origin().address());
    }
}
