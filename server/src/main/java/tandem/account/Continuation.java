package tandem.account;

import java.util.Optional;
import tandem.model.Client;
import tandem.web.Request;
import tandem.web.Response;

/// What a person was doing when sign-in came between: the device room's entry of a code.
public interface Continuation {
    /// What the sign-in is for.
    ///
    /// @param signInDue whether it needs a sign-in now; one that is there may not be fresh enough
    record Asked(Client client, boolean signInDue) {}

    /// What the sign-in is for; empty when this session has no such entry.
    Optional<Asked> asked(Request request, BrowserSessions.Visit visit, String entry);

    /// After a password was given, in a POST of our own form: goes on, and may approve.
    Response signedIn(Request request, BrowserSessions.Visit visit, String entry);

    /// Where a GET goes on; never approves.
    Response resume(String entry);
}
