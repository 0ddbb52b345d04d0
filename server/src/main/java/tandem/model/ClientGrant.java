package tandem.model;

import tandem.oauth.ClientId;
import tandem.oauth.Scopes;

/// What a client may do at an API for itself, by `client_credentials`.
public record ClientGrant(String id, ClientId client, String audience, Scopes scope) {}
