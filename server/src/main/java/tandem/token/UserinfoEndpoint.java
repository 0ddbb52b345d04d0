package tandem.token;

import java.util.LinkedHashMap;
import java.util.Optional;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.Scopes;
import tandem.web.Form;
import tandem.web.Handler;
import tandem.web.Json;
import tandem.web.Request;
import tandem.web.Response;

/// `GET|POST /userinfo`: who approved the device, as far as the scopes say. [OpenID Connect Core
/// §5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)
///
/// Reads the token from the header alone; one in a query or a body is refused.
public record UserinfoEndpoint(Issuer issuer, AccessTokens tokens) implements Handler {

    @Override
    public Response handle(Request request) {
        boolean elsewhere = carriesToken(request.query()) || carriesToken(request.form());
        return switch (Bearer.token(request)) {
            case Outcome.Refused<Optional<String>>(var refusal) ->
                    Bearer.refused(refusal.code(), refusal.description());
            case Outcome.Ok<Optional<String>>(var token) -> {
                if (elsewhere) {
                    yield Bearer.refused(
                            ErrorCode.INVALID_REQUEST,
                            "send the token in the Authorization header, and only there");
                }
                yield token.map(this::answer).orElseGet(Bearer::challenge);
            }
        };
    }

    private Response answer(String token) {
        var live = tokens.live(token);
        var account = live.flatMap(AccessTokens.Live::account);
        if (live.isEmpty() || account.isEmpty()) {
            return Bearer.refused(
                    ErrorCode.INVALID_TOKEN, "the token is not valid, or its device was unlinked");
        }
        var scopes = live.get().scopes();
        if (!scopes.contains(Scopes.OPENID) || !live.get().audience().contains(issuer.userinfo())) {
            return Bearer.refused(
                    ErrorCode.INSUFFICIENT_SCOPE, "the token was given without scope openid");
        }
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", account.get().userId());
        claims.putAll(PersonClaims.of(account.get(), scopes));
        return Response.json(200, Json.bytes(claims));
    }

    private static boolean carriesToken(Optional<Form> form) {
        return form.flatMap(f -> f.text("access_token")).isPresent();
    }
}
