package tandem.account;

import java.util.Optional;
import tandem.model.Client;
import tandem.model.Session;
import tandem.store.Tx;
import tandem.web.Request;
import tandem.web.Response;

/// What a person was doing when sign-in came between.
public interface Continuation {
    /// What the sign-in is for.
    record Asked(Client client) {}

    /// What the sign-in is for; empty when this session has no such entry.
    Optional<Asked> asked(Tx tx, Session session, String entry);

    /// After a password was given, in a POST of our own form: goes on, and may approve.
    Response signedIn(Request request, BrowserSessions.Visit visit, String entry);

    /// Where a GET goes on; never approves.
    Response resume(String entry);
}
