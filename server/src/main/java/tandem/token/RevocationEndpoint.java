package tandem.token;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tandem.model.Client;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.web.OAuthAnswer;
import tandem.web.Request;

/// `POST /oauth/revoke`: the device unlinks itself. [RFC 7009
/// §2](https://www.rfc-editor.org/rfc/rfc7009#section-2)
///
/// Any token of a link, rotated ones too, ends the whole link. Unknown tokens and other clients'
/// are answered like good ones, and change nothing.
public record RevocationEndpoint(
        Store store, SecretKeys keys, AccessTokens accessTokens, InstantSource clock)
        implements OAuthEndpoint.Answer {

    @Override
    public Outcome<OAuthAnswer.Nothing> to(ClientRequest asked) {
        var token = asked.form().text("token");
        if (token.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_REQUEST, "token is missing");
        }
        link(token.get()).ifPresent(link -> end(asked.client(), link, asked.request()));
        return Outcome.ok(OAuthAnswer.Nothing.TO_SAY);
    }

    /// The hint is not needed: the two kinds cannot be mistaken for each other.
    private Optional<String> link(String token) {
        return RefreshToken.read(keys, token)
                .map(RefreshToken::link)
                .or(() -> accessTokens.read(token).flatMap(AccessTokens.Said::sid));
    }

    private void end(Client client, String id, Request request) {
        store.write(tx -> {
            var now = clock.instant();
            var link = tx.links().byId(id).filter(l -> l.client().equals(client.id()));
            if (link.isEmpty() || !tx.links().end(id, Link.By.DEVICE, now)) {
                return false;
            }
            var about = Event.About.of(link.get()).from(request.origin());
            tx.events().add(new Event(EventType.LINK_ENDED, now, about, Map.of("by", "device")));
            return true;
        });
    }
}
