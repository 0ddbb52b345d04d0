package tandem.token;

import java.util.Optional;
import tandem.model.Access;
import tandem.model.Account;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.Consent;
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
/// @param api the one the access token is for
/// @param access what is left, after anything taken from client or APIs
public record Standing(Client client, Account account, Optional<Api> api, Access access) {

    /// What stands, or what no longer does: the person, the client, the API, the consent or the
    /// policy.
    ///
    /// @param api the one that the token request names, if it names one
    public static Outcome<Standing> of(
            Tx tx,
            GrantType grant,
            ClientId id,
            String userId,
            Access granted,
            Optional<String> api) {
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
        var identifier = api.or(granted::api);
        var one = identifier.flatMap(registered::api);
        if (one.isEmpty() && identifier.isPresent()) {
            return gone("the API is no longer there");
        }
        var left = remaining(registered, client.get(), granted);
        return consented(tx, client.get(), userId, left)
                ? Outcome.ok(new Standing(client.get(), account.get(), one, left))
                : gone("the person has taken the consent back");
    }

    /// The scopes of the access token: those that mean something at its API.
    public Scopes scopes() {
        return access.scopes().only(scope -> ScopeRules.possible(api, scope));
    }

    /// The same for fewer scopes.
    Standing narrowed(Scopes narrower) {
        return new Standing(client, account, api, access.with(narrower));
    }

    /// What is left of what was granted after what the operator has taken from client or APIs
    /// since.
    public static Access remaining(Registered registered, Client client, Access granted) {
        var apis = registered.apis(granted.apis());
        return granted.with(
                granted.scopes()
                        .only(scope ->
                                ScopeRules.possible(apis, scope)
                                        && ScopeRules.allowed(client, scope)
                                        && (!scope.equals(Scopes.OFFLINE_ACCESS)
                                                || ScopeRules.offline(client, apis))));
    }

    /// True when no consent is needed or those given cover all.
    public static boolean consented(Tx tx, Client client, String userId, Access access) {
        return client.firstParty()
                || Consent.needed(access, tx.registered().apis(access.apis())).stream()
                        .allMatch(needed ->
                                tx.consents()
                                        .find(userId, client.id(), needed.api())
                                        .filter(consent -> consent.covers(needed))
                                        .isPresent());
    }

    private static <T> Outcome<T> gone(String why) {
        return Outcome.refused(ErrorCode.INVALID_GRANT, why);
    }
}
