package tandem.model;

import java.time.Instant;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;

/// A person's consent to an app's use of one API, remembered until revoked.
///
/// One per person, app and API; more scopes asked for later are added to it.
///
/// @param api the API's identifier; empty text for identity alone
public record Consent(
        String id, String userId, ClientId client, String api, Scopes scopes, Instant givenAt) {}
