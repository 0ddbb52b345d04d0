package tandem.token;

import tandem.oauth.GrantType;
import tandem.oauth.Outcome;

/// One way to obtain tokens. [RFC 6749 §4](https://www.rfc-editor.org/rfc/rfc6749#section-4)
public interface Grant {

    GrantType type();

    /// Exchanges what the form holds for tokens. The client is known, enabled and has this grant.
    Outcome<TokenResponse> exchange(ClientRequest asked);
}
