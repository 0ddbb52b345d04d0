package tandem.token;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tandem.web.OAuthAnswer;
import tools.jackson.databind.JsonNode;

/// The success of the token endpoint. [RFC 6749
/// §5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)
///
/// @param expiresIn lifetime of the access token in seconds
/// @param waited as in [tandem.oauth.Refusal]
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("scope") String scope,
        @JsonProperty("id_token") Optional<String> idToken,
        @JsonProperty("refresh_token") Optional<String> refreshToken,
        @JsonProperty("authorization_details") Optional<List<JsonNode>> authorizationDetails,
        @JsonIgnore Optional<Duration> waited)
        implements OAuthAnswer.Waited {

    TokenResponse(
            String accessToken,
            String tokenType,
            long expiresIn,
            String scope,
            Optional<String> idToken,
            Optional<String> refreshToken,
            List<JsonNode> authorizationDetails) {
        this(
                accessToken,
                tokenType,
                expiresIn,
                scope,
                idToken,
                refreshToken,
                Optional.of(authorizationDetails).filter(details -> !details.isEmpty()),
                Optional.empty());
    }

    public TokenResponse waited(Duration wait) {
        return new TokenResponse(
                accessToken,
                tokenType,
                expiresIn,
                scope,
                idToken,
                refreshToken,
                authorizationDetails,
                Optional.of(wait));
    }

    @Override
    public String toString() {
        return "TokenResponse[…]";
    }
}
