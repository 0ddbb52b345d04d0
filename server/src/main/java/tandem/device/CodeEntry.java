package tandem.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tandem.model.Client;
import tandem.model.DeviceAuthorization;
import tandem.model.Entry;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Ids;
import tandem.model.Origin;
import tandem.model.Session;
import tandem.oauth.SecretHash;
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
        /// The code lives.
        record Right() implements Result {}

        /// The code lives and is tied to the session now.
        record Entered(Entry entry) implements Result {}

        /// This session had entered the code while it lived, and may be told what became of it.
        record Known(Entry entry) implements Result {}

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

    /// Over a limit, before anything is looked up?
    Optional<Result> refused(Visitor visitor) {
        var wait =
                visitor.userId().isPresent()
                        ? accountWait(visitor.userId().get())
                        : flow.summed()
                                .exceeded(Limit.WRONG_CODES, network(visitor))
                                .or(() -> overAll(visitor));
        return wait.or(() -> session(visitor)).map(Result.TooMany::new);
    }

    /// What the code is, for a browser that may have no session yet.
    Result lookUp(Tx tx, String typed, Visitor visitor) {
        var found = find(tx, typed);
        if (found.filter(asked -> mayBeDecided(tx, asked)).isPresent()) {
            return new Result.Right();
        }
        return found.flatMap(asked ->
                        visitor.session().flatMap(s -> tx.entries().bySession(s.id(), asked.id())))
                .<Result>map(Result.Known::new)
                .orElseGet(Result.Wrong::new);
    }

    /// Ties a right code to a session.
    Result enter(Tx tx, String typed, Session session, Visitor visitor) {
        var found = find(tx, typed).filter(asked -> mayBeDecided(tx, asked));
        return found.<Result>map(asked ->
                        new Result.Entered(
                                tx.entries()
                                        .bySession(session.id(), asked.id())
                                        .orElseGet(() -> tie(tx, asked, typed, session, visitor))))
                .orElseGet(Result.Wrong::new);
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

    /// Gives back what `refused` took.
    void right(Visitor visitor) {
        if (visitor.userId().isEmpty()) {
            flow.summed().giveBack(Limit.WRONG_CODES, network(visitor));
            flow.summed().giveBack(Limit.WRONG_CODES_OVER_ALL, "");
        }
        visitor.browser().ifPresent(b -> flow.summed().giveBack(Limit.WRONG_CODES_PER_SESSION, b));
    }

    /// Keeps an account's wrong code in the store, where a restart does not forget it, and tells
    /// the other nodes of what was taken here, before the answer leaves.
    void wrong(Visitor visitor) {
        boolean told =
                flow.summed()
                        .tells(
                                Limit.WRONG_CODES,
                                Limit.WRONG_CODES_OVER_ALL,
                                Limit.WRONG_CODES_PER_SESSION);
        if (visitor.userId().isPresent() || told) {
            flow.store()
                    .write(tx -> {
                        wrong(tx, visitor);
                        return true;
                    });
        }
    }

    private void wrong(Tx tx, Visitor visitor) {
        visitor.userId()
                .ifPresentOrElse(
                        id -> tx.failures().add(bucket(id), flow.now()),
                        () -> {
                            flow.summed().tell(tx, Limit.WRONG_CODES, network(visitor));
                            flow.summed().tell(tx, Limit.WRONG_CODES_OVER_ALL, "");
                        });
        visitor.browser().ifPresent(b -> flow.summed().tell(tx, Limit.WRONG_CODES_PER_SESSION, b));
    }

    /// Tells the operator that a limit was reached; the caller says it once a minute at most.
    void limited(Tx tx, Visitor visitor) {
        var about = Event.About.NOTHING.from(visitor.origin());
        var by = visitor.userId().map(about::user).orElse(about);
        tx.events().add(Event.of(EventType.CODE_GUESS_LIMITED, flow.now(), by));
    }

    private Optional<Duration> accountWait(String userId) {
        if (!flow.limits().inForce(Limit.WRONG_CODES)) {
            return Optional.empty();
        }
        return flow.store()
                .read(tx -> {
                    var since = flow.now().minus(ACCOUNT_WINDOW);
                    var bucket = bucket(userId);
                    if (tx.failures().count(bucket, since) < WRONG_PER_ACCOUNT_MAX) {
                        return Optional.<Duration>empty();
                    }
                    Instant oldest = tx.failures().oldest(bucket, since).orElse(flow.now());
                    return Optional.of(Duration.between(flow.now(), oldest.plus(ACCOUNT_WINDOW)));
                });
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

    private SecretHash bucket(String userId) {
        return flow.keys().hash(Purpose.FAILURE, "code/" + userId);
    }

    private static String network(Visitor visitor) {
        return ClientAddress.network(visitor.origin().address());
    }
}
