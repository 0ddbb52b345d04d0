package tandem.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tandem.model.Client;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.oauth.ClientId;
import tandem.store.Store;
import tandem.web.ClientAddress;
import tandem.web.Limits;
import tandem.web.Limits.Limit;
import tandem.web.Request;

/// Keeps client secrets from being found by trying. [RFC 6749
/// §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)
///
/// Counted by address and client, so that nobody elsewhere can lock a client out. Once there were
/// too many wrong ones, the right one has to wait as well: otherwise waiting would tell it.
public record SecretGuesses(Store store, Limits limits, InstantSource clock) {

    /// How long the next secret from there has to wait.
    Optional<Duration> wait(Request request, ClientId client) {
        return limits.exhausted(Limit.WRONG_CLIENT_SECRETS, who(request, client));
    }

    void wrong(Request request, ClientId client) {
        var who = who(request, client);
        limits.exceeded(Limit.WRONG_CLIENT_SECRETS, who);
        if (limits.exhausted(Limit.WRONG_CLIENT_SECRETS, who).isPresent()
                && limits.worthTelling(Limit.WRONG_CLIENT_SECRETS, who)) {
            tell(request, client);
        }
    }

    private void tell(Request request, ClientId client) {
        var from = Event.About.NOTHING.from(request.origin());
        var about = registered(client).map(c -> from.client(c.id())).orElse(from);
        var details = Map.of("limit", Limit.WRONG_CLIENT_SECRETS.wire());
        store.write(tx -> {
            tx.events().add(new Event(EventType.REQUESTS_LIMITED, clock.instant(), about, details));
            return true;
        });
    }

    /// Names that are no client's count together: they are as many and as long as somebody likes.
    private String who(Request request, ClientId client) {
        var network = ClientAddress.network(request.address());
        return registered(client).map(c -> network + ' ' + c.id()).orElse(network);
    }

    private Optional<Client> registered(ClientId client) {
        return store.registered().client(client);
    }
}
