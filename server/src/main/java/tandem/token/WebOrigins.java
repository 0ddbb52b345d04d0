package tandem.token;

import java.util.List;
import java.util.Optional;
import tandem.model.Client;
import tandem.store.Store;
import tandem.web.CrossOrigin;
import tandem.web.Request;
import tandem.web.Routes;

/// Which origins' pages may read the answers of which endpoint: those that a client has registered
/// as its `web_origins`, to the letter, for requests that name the client. [RFC 9700
/// §2.6](https://www.rfc-editor.org/rfc/rfc9700#section-2.6)
///
/// Pages, the Management API and introspection, which is for servers, are not shared with any.
public record WebOrigins(Store store, AccessTokens tokens) {

    /// Shares the endpoints of this room and of the device endpoint.
    public void share(Routes routes) {
        for (var path : List.of(Issuer.OPENID_METADATA, Issuer.OAUTH_METADATA, Issuer.JWKS)) {
            routes.share(path, CrossOrigin.everyone());
        }
        for (var path : List.of(Issuer.DEVICE_AUTHORIZATION, Issuer.TOKEN, Issuer.REVOCATION)) {
            routes.share(path, CrossOrigin.of("POST", this::known, this::ofClient));
        }
        routes.share(
                Issuer.USERINFO, CrossOrigin.of("GET, POST", this::known, this::ofTokensClient));
    }

    /// A preflight does not say which client is going to ask.
    private boolean known(String origin) {
        return store.registered().clients().values().stream().anyMatch(c -> allows(c, origin));
    }

    private boolean ofClient(Request request, String origin) {
        var registered = store.registered();
        return ClientAuthentication.named(request)
                .flatMap(id -> registered.client(id).stream())
                .anyMatch(client -> allows(client, origin));
    }

    /// Believes a token only once its signature is verified; whether it still counts does not
    /// matter, since its client may read that it does not.
    private boolean ofTokensClient(Request request, String origin) {
        var registered = store.registered();
        return presented(request)
                .flatMap(tokens::read)
                .flatMap(said -> registered.client(said.client()))
                .filter(client -> allows(client, origin))
                .isPresent();
    }

    private static boolean allows(Client client, String origin) {
        return client.enabled() && client.webOrigins().contains(origin);
    }

    /// What stands behind the scheme, whichever that is.
    private static Optional<String> presented(Request request) {
        return request.header("Authorization")
                .map(String::strip)
                .map(header -> header.substring(header.indexOf(' ') + 1));
    }
}
