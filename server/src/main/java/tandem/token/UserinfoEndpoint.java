package tandem.token;

import java.util.LinkedHashMap;
import java.util.Optional;
import tandem.oauth.ErrorCode;
import tandem.oauth.Outcome;
import tandem.oauth.Refusal;
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
public record UserinfoEndpoint(Issuer issuer, PresentedTokens tokens) implements Handler {

    @Override
    public Response handle(Request request) {
        boolean elsewhere = carriesToken(request.query()) || carriesToken(request.form());
        if (elsewhere) {
            return refused(
                    request,
                    ErrorCode.INVALID_REQUEST,
                    "send the token in the Authorization header, and only there");
        }
        return switch (tokens.live(request)) {
            case Outcome.Refused<Optional<AccessTokens.Live>>(var refusal) ->
                    tokens.refused(refusal, request);
            case Outcome.Ok<Optional<AccessTokens.Live>>(var live) ->
                    live.map(token -> answer(request, token))
                            .orElseGet(() -> PresentedTokens.challenged(Response.empty(401)));
        };
    }

    private Response answer(Request request, AccessTokens.Live live) {
        var scopes = live.scopes();
        if (!scopes.contains(Scopes.OPENID) || !live.audience().contains(issuer.userinfo())) {
            return refused(
                    request,
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "the token was given without scope openid");
        }
        if (live.account().isEmpty()) {
            return refused(request, ErrorCode.INVALID_TOKEN, "the token is no person's");
        }
        var account = live.account().get();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sub", account.userId());
        claims.putAll(PersonClaims.of(account, scopes));
        return Response.json(200, Json.bytes(claims));
    }

    private Response refused(Request request, ErrorCode code, String description) {
        return tokens.refused(new Refusal(code, description), request);
    }

    private static boolean carriesToken(Optional<Form> form) {
        return form.flatMap(f -> f.text("access_token")).isPresent();
    }
}
