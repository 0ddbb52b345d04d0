package tandem.model;

import java.time.Instant;
import tandem.oauth.Scopes;

/// A person's yes to a device: who, to what, signed in how.
public record Approval(String userId, Scopes granted, Authentication authentication, Instant at) {}
