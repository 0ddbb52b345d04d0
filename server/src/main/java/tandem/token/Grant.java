package tandem.token;

import tandem.model.Client;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;
import tandem.web.Form;
import tandem.web.Request;

/// One way to obtain tokens. [RFC 6749 §4](https://www.rfc-editor.org/rfc/rfc6749#section-4)
public interface Grant {

    GrantType type();

    /// Exchanges what the form holds for tokens. The client is known, enabled and has this grant.
    Outcome<TokenResponse> exchange(Client client, Form form, Request request);
}
