package tandem.model;

import java.time.Instant;
import java.util.List;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;

/// A person's consent to an app's use of one API, remembered until revoked.
///
/// One per person, app and API; more scopes asked for later are added to it.
///
/// @param api the API's identifier; empty text for identity alone
public record Consent(
        String id, String userId, ClientId client, String api, Scopes scopes, Instant givenAt) {

    /// What one API asks a person to agree to.
    ///
    /// @param api as in [Consent]
    public record Needed(String api, Scopes scopes) {}

    public boolean covers(Needed needed) {
        return api.equals(needed.api) && scopes.containsAll(needed.scopes);
    }

    /// The consents that a request needs, one for each of its APIs.
    ///
    /// @param apis those of its APIs that are registered
    public static List<Needed> needed(Access access, List<Api> apis) {
        if (access.apis().isEmpty()) {
            return List.of(new Needed("", access.scopes()));
        }
        return apis.stream()
                .map(api ->
                        new Needed(
                                api.identifier(),
                                access.scopes().only(scope -> belongs(api, scope))))
                .toList();
    }

    private static boolean belongs(Api api, String scope) {
        return Scopes.STANDARD.contains(scope) || api.scope(scope).isPresent();
    }
}
