package tandem.token;

import java.util.LinkedHashMap;
import java.util.Map;
import tandem.model.Account;
import tandem.oauth.Scopes;

/// What scopes let a client know of a person. [OpenID Connect Core
/// §5.4](https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims)
final class PersonClaims {

    private PersonClaims() {}

    static Map<String, Object> of(Account account, Scopes scopes) {
        var claims = new LinkedHashMap<String, Object>();
        if (scopes.contains(Scopes.PROFILE)) {
            account.name().ifPresent(name -> claims.put("name", name));
            claims.put("updated_at", account.updatedAt().getEpochSecond());
        }
        if (scopes.contains(Scopes.EMAIL) && account.email().isPresent()) {
            claims.put("email", account.email().get());
            claims.put("email_verified", account.emailVerified());
        }
        return claims;
    }
}
