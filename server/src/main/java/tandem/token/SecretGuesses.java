package tandem.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.oauth.ClientId;
import tandem.store.Store;
import tandem.web.ClientAddress;
import tandem.web.Limits;
import tandem.web.Limits.Limit;
import tandem.web.Request;

/// Guesses at the secrets of clients, and an end to them. [RFC 6749
/// §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)
///
/// Wrong secrets count by address and client, and while too many were wrong the right one is not
/// looked at either. Clients that nobody registered count as one: their names may be of any length.
public record SecretGuesses(Store store, Limits limits, SummedLimits summed, InstantSource clock) {

    private static final String NOBODY = "?";

    /// How long until a secret of this client is looked at again.
    Optional<Duration> wait(Request request, Optional<ClientId> client) {
        return summed.spent(Limit.WRONG_CLIENT_SECRETS, who(request, client));
    }

    void wrong(Request request, Optional<ClientId> client) {
        var who = who(request, client);
        summed.exceeded(Limit.WRONG_CLIENT_SECRETS, who);
        if (summed.tells(Limit.WRONG_CLIENT_SECRETS)) {
            store.write(tx -> {
                summed.tell(tx, Limit.WRONG_CLIENT_SECRETS, who);
                return true;
            });
        }
        if (wait(request, client).isPresent()
                && limits.worthTelling(Limit.WRONG_CLIENT_SECRETS, who)) {
            tell(client.map(Event.About.NOTHING::client).orElse(Event.About.NOTHING), request);
        }
    }

    private void tell(Event.About about, Request request) {
        var details = Map.of("limit", Limit.WRONG_CLIENT_SECRETS.wire());
        var event =
                new Event(
                        EventType.REQUESTS_LIMITED,
                        clock.instant(),
                        about.from(request.origin()),
                        details);
        store.write(tx -> {
            tx.events().add(event);
            return true;
        });
    }

    private static String who(Request request, Optional<ClientId> client) {
        return ClientAddress.network(request.address())
                + ' '
                + client.map(ClientId::value).orElse(NOBODY);
    }
}
