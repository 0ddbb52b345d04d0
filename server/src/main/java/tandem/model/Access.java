package tandem.model;

import java.util.List;
import java.util.Optional;
import tandem.oauth.Scopes;

/// What a device asks for and, once a person has agreed, may do. [RFC 6749
/// §3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)
///
/// @param apis identifiers of the APIs it is for; an access token is for one of them, the first
///   unless the token request names another ([RFC 8707
///   §2.2](https://www.rfc-editor.org/rfc/rfc8707#section-2.2)); none is `/userinfo` alone
/// @param details `authorization_details`, a JSON array ([RFC 9396
///   §2](https://www.rfc-editor.org/rfc/rfc9396#section-2))
public record Access(Scopes scopes, List<String> apis, Optional<String> details) {

    public Access {
        apis = List.copyOf(apis);
    }

    /// The API of a token request that names none.
    public Optional<String> api() {
        return apis.stream().findFirst();
    }

    public Access with(Scopes others) {
        return new Access(others, apis, details);
    }
}
