package tandem.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tandem.model.Account;
import tandem.model.Client;
import tandem.model.Link;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.store.Tx;

/// `POST /oauth/introspect`: whether a token counts at this moment, which nobody can know who
/// verifies it offline. [RFC 7662 §2](https://www.rfc-editor.org/rfc/rfc7662#section-2)
///
/// A client may ask about its own tokens. An API asks through a confidential client whose client
/// grant names it, about the access tokens meant for it. Everything else, and every token that does
/// not count, is answered alike, so that nobody learns of a stranger's token by asking
/// ([§4](https://www.rfc-editor.org/rfc/rfc7662#section-4)).
public record IntrospectionEndpoint(
        Store store, SecretKeys keys, Issuer issuer, AccessTokens accessTokens, InstantSource clock)
        implements OAuthEndpoint.Answer {

    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    /// What an access token tells of itself; `azp` and the sign-in are not the API's business here.
    private static final List<String> TOLD =
            List.of(
                    "scope",
                    "client_id",
                    "sub",
                    "exp",
                    "iat",
                    "iss",
                    "aud",
                    "jti",
                    "sid",
                    "cnf",
                    "authorization_details");

    @Override
    public Outcome<Map<String, Object>> to(ClientRequest asked) {
        var client = asked.client();
        var token = asked.form().text("token");
        if (token.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_REQUEST, "token is missing");
        }
        // The hint is not needed: the two kinds cannot be mistaken for each other.
        var told =
                accessToken(client, token.get())
                        .or(() ->
                                RefreshToken.read(keys, token.get())
                                        .flatMap(t ->
                                                store.read(tx -> refreshToken(tx, client, t))));
        return Outcome.ok(told.orElse(INACTIVE));
    }

    private Optional<Map<String, Object>> accessToken(Client asker, String token) {
        return accessTokens
                .read(token)
                .filter(said -> mayAsk(asker, said))
                .flatMap(said ->
                        accessTokens
                                .live(said)
                                .filter(this::granted)
                                .map(live -> told(said, live)));
    }

    private boolean mayAsk(Client asker, AccessTokens.Said said) {
        var registered = store.registered();
        return said.client().equals(asker.id())
                || (asker.confidential()
                        && said.audience().stream()
                                .anyMatch(api ->
                                        registered.clientGrant(asker.id(), api).isPresent()));
    }

    /// A client's own token rests on its client grant, as a person's does on the link.
    private boolean granted(AccessTokens.Live live) {
        if (live.link().isPresent()) {
            return true;
        }
        var registered = store.registered();
        return live.audience().stream()
                .flatMap(api -> registered.clientGrant(live.client().id(), api).stream())
                .anyMatch(grant -> grant.scope().containsAll(live.scopes()));
    }

    private static Map<String, Object> told(AccessTokens.Said said, AccessTokens.Live live) {
        var told = active();
        for (var name : TOLD) {
            said.claims().optional(name).ifPresent(claim -> told.put(name, claim));
        }
        told.put("token_type", said.key().isPresent() ? TokenIssuer.DPOP : TokenIssuer.BEARER);
        live.account()
                .flatMap(person -> username(person, live.scopes()))
                .ifPresent(name -> told.put("username", name));
        return told;
    }

    /// A refresh token counts as long as a refresh would be answered with tokens.
    private Optional<Map<String, Object>> refreshToken(Tx tx, Client asker, RefreshToken token) {
        var now = clock.instant();
        var found = tx.links().byId(token.link()).filter(l -> l.client().equals(asker.id()));
        var until =
                found.flatMap(link ->
                        link.takenUntil(
                                token.presented(),
                                tx.links().behind(link.id()),
                                asker.refreshToken(),
                                now));
        if (found.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        var link = found.get();
        var standing =
                Standing.of(
                        tx,
                        GrantType.REFRESH_TOKEN,
                        asker.id(),
                        link.userId(),
                        link.access(),
                        Optional.empty());
        return switch (standing) {
            case Outcome.Ok<Standing>(var stands) -> Optional.of(told(stands, link, until.get()));
            case Outcome.Refused<Standing> refused -> Optional.empty();
        };
    }

    private Map<String, Object> told(Standing standing, Link link, Instant until) {
        var told = active();
        told.put("scope", standing.access().scopes().toString());
        told.put("client_id", link.client().value());
        told.put("sub", link.userId());
        told.put("exp", until.getEpochSecond());
        told.put("iss", issuer.toString());
        told.put("sid", link.id());
        username(standing.account(), standing.access().scopes())
                .ifPresent(name -> told.put("username", name));
        return told;
    }

    private static Map<String, Object> active() {
        var told = new LinkedHashMap<String, Object>();
        told.put("active", true);
        return told;
    }

    /// A name that people read is told to those alone who could read it at `/userinfo`.
    private static Optional<String> username(Account person, Scopes scopes) {
        return scopes.contains(Scopes.EMAIL) ? person.email() : Optional.empty();
    }
}
