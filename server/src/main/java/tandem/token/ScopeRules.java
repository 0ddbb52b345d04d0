package tandem.token;

import java.util.List;
import java.util.Optional;
import tandem.model.Api;
import tandem.model.Client;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;

/// Which scopes a client may ask for. [RFC 6749
/// §3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)
public final class ScopeRules {

    private ScopeRules() {}

    /// The scopes a device is asking for, or why it may not.
    ///
    /// None asked is `openid`. `offline_access` is left out, not refused, where API or client do
    /// not allow it: many libraries always send it.
    public static Outcome<Scopes> requested(Client client, List<Api> apis, Optional<String> text) {
        var parsed = Scopes.parse(text.orElse(""));
        if (parsed.isEmpty()) {
            return Outcome.refused(
                    ErrorCode.INVALID_SCOPE,
                    "scope holds a character that no scope may hold, or more than "
                            + Scopes.COUNT_MAX
                            + " values");
        }
        var scopes = parsed.get().isEmpty() ? Scopes.of(Scopes.OPENID) : parsed.get();
        for (var scope : scopes.values()) {
            if (!possible(apis, scope)) {
                return Outcome.refused(
                        ErrorCode.INVALID_SCOPE,
                        apis.isEmpty()
                                ? "no audience was given, so there is no scope " + scope
                                : "the API has no scope of that name: " + scope);
            }
            if (!allowed(client, scope)) {
                return Outcome.refused(
                        ErrorCode.INVALID_SCOPE, "this client may not ask for scope " + scope);
            }
        }
        return Outcome.ok(offline(client, apis) ? scopes : scopes.without(Scopes.OFFLINE_ACCESS));
    }

    static boolean possible(Optional<Api> api, String scope) {
        return possible(api.stream().toList(), scope);
    }

    static boolean possible(List<Api> apis, String scope) {
        return Scopes.STANDARD.contains(scope)
                || apis.stream().anyMatch(api -> api.scope(scope).isPresent());
    }

    /// True when the client's list for the device flow has the scope, or there is none; `openid`
    /// says no more than who approved, and is always allowed.
    static boolean allowed(Client client, String scope) {
        return scope.equals(Scopes.OPENID)
                || client.deviceAuthorization().scopes().map(s -> s.contains(scope)).orElse(true);
    }

    /// True when a client may have refresh tokens: each of them serves for every API.
    public static boolean offline(Client client, List<Api> apis) {
        return client.has(GrantType.REFRESH_TOKEN)
                && apis.stream().allMatch(Api::allowOfflineAccess);
    }
}
