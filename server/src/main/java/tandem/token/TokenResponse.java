package tandem.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/// The success of the token endpoint. [RFC 6749
/// §5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)
///
/// @param expiresIn lifetime of the access token in seconds
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TokenResponse(
        @JsonProperty("access_token") String accessToken,
        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("scope") String scope,
        @JsonProperty("id_token") Optional<String> idToken,
        @JsonProperty("refresh_token") Optional<String> refreshToken) {

    @Override
    public String toString() {
        return "TokenResponse[…]";
    }
}
