package tandem.token;

import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.store.Store;
import tandem.web.Form;

/// Gives a client a token for itself, within its client grant. [RFC 6749
/// §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)
public record ClientCredentialsGrant(Store store, TokenIssuer issuer) implements Grant {

    @Override
    public GrantType type() {
        return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Outcome<TokenResponse> exchange(ClientRequest asked) {
        var client = asked.client();
        var form = asked.form();
        if (!client.confidential()) {
            return Outcome.refused(
                    ErrorCode.UNAUTHORIZED_CLIENT,
                    "only a client with a secret can act for itself");
        }
        var registered = store.registered();
        return Audience.requested(registered, form)
                .then(apis -> {
                    if (apis.isEmpty()) {
                        return Outcome.refused(ErrorCode.INVALID_REQUEST, "audience is missing");
                    }
                    if (apis.size() > 1) {
                        return Outcome.refused(
                                ErrorCode.INVALID_TARGET, "an access token is for one API");
                    }
                    var api = apis.getFirst();
                    var grant = registered.clientGrant(client.id(), api.identifier());
                    return grant.isEmpty()
                            ? Outcome.refused(
                                    ErrorCode.UNAUTHORIZED_CLIENT,
                                    "this client has no client grant for that audience")
                            : scopes(grant.get().scope(), form)
                                    .map(s -> issuer.issue(client, api, s, asked.key()));
                });
    }

    private static Outcome<Scopes> scopes(Scopes granted, Form form) {
        var asked = Scopes.parse(form.text("scope").orElse(""));
        if (asked.isEmpty() || !granted.containsAll(asked.get())) {
            return Outcome.refused(
                    ErrorCode.INVALID_SCOPE, "scope asks for more than the client grant holds");
        }
        return Outcome.ok(asked.get().isEmpty() ? granted : asked.get());
    }
}
