package tandem.token;

import java.util.List;
import tandem.oauth.ErrorCode;
import tandem.oauth.GrantType;
import tandem.oauth.Outcome;

/// `POST /oauth/token`: finds the grant and lets it answer. [RFC 6749
/// §3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)
public record TokenEndpoint(List<Grant> grants) implements OAuthEndpoint.Answer {

    public TokenEndpoint {
        grants = List.copyOf(grants);
    }

    @Override
    public Outcome<TokenResponse> to(ClientRequest asked) {
        var wire = asked.form().text("grant_type");
        if (wire.isEmpty()) {
            return Outcome.refused(ErrorCode.INVALID_REQUEST, "grant_type is missing");
        }
        var type = GrantType.parse(wire.get());
        for (var grant : grants) {
            if (type.filter(grant.type()::equals).isPresent()) {
                return asked.client().has(grant.type())
                        ? grant.exchange(asked)
                        : Outcome.refused(
                                ErrorCode.UNAUTHORIZED_CLIENT,
                                "this client may not use the grant " + grant.type().wire());
            }
        }
        return Outcome.refused(
                ErrorCode.UNSUPPORTED_GRANT_TYPE, "grant_type is none of those in the metadata");
    }
}
