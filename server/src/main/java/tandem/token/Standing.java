package tandem.token;

import java.util.Optional;
import tandem.model.Account;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.Registered;
import tandem.oauth.ClientId;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.store.Tx;

/// Whether what a person once allowed still stands: looked at anew at each redemption and refresh.
/// [RFC 9700 §4.14.2](https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2)
///
/// @param scopes what is left of the scopes, after anything taken from client or API
public record Standing(Client client, Account account, Optional<Api> api, Scopes scopes) {

    /// What stands, or what no longer does: the person, the client, the API, the consent or the
    /// policy.
    public static Outcome<Standing> of(
            Tx tx,
            GrantType grant,
            ClientId id,
            String userId,
            Optional<String> audience,
            Scopes granted) {
        var registered = tx.registered();
        var client = registered.client(id).filter(Client::enabled);
        if (client.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_CLIENT, "the client is no longer there");
        }
        if (!client.get().has(grant)) {
            return Outcome.refused(
                    ErrorCode.UNAUTHORIZED_CLIENT, "this client may no longer use this grant");
        }
        var account = tx.accounts().byId(userId).filter(found -> !found.blocked());
        if (account.isEmpty()) {
            return gone("the person who approved is not allowed in at present");
        }
        if (!client.get().deviceAuthorization().permits(account.get())) {
            return gone("the person who approved may no longer use this app");
        }
        var api = audience.flatMap(registered::api);
        if (api.isEmpty() && audience.isPresent()) {
            return gone("the API is no longer there");
        }
        var left = remaining(registered, client.get(), api, granted);
        return consented(tx, client.get(), userId, audience, left)
                ? Outcome.ok(new Standing(client.get(), account.get(), api, left))
                : gone("the person has taken the consent back");
    }

    /// What is left of granted scopes after what the operator has taken from client or API since.
    public static Scopes remaining(
            Registered registered, Client client, Optional<Api> api, Scopes granted) {
        return granted.only(scope ->
                ScopeRules.possible(api, scope)
                        && ScopeRules.allowed(client, scope)
                        && (!scope.equals(Scopes.OFFLINE_ACCESS)
                                || ScopeRules.offline(client, api)));
    }

    /// True when no consent is needed or the one given covers the scopes.
    public static boolean consented(
            Tx tx, Client client, String userId, Optional<String> api, Scopes scopes) {
        return client.firstParty()
                || tx.consents()
                        .find(userId, client.id(), api.orElse(""))
                        .filter(consent -> consent.scopes().containsAll(scopes))
                        .isPresent();
    }

    private static <T> Outcome<T> gone(String why) {
        return Outcome.refused(ErrorCode.INVALID_GRANT, why);
    }
}
