package tandem.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/// The success of the device endpoint. [RFC 8628
/// §3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2)
///
/// @param verificationUriComplete left out, never null, where the client does not want it
/// @param expiresIn seconds
/// @param interval seconds
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeviceAuthorizationResponse(
        @JsonProperty("device_code") String deviceCode,
        @JsonProperty("user_code") String userCode,
        @JsonProperty("verification_uri") String verificationUri,
        @JsonProperty("verification_uri_complete") Optional<String> verificationUriComplete,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("interval") long interval) {

    @Override
    public String toString() {
        return "DeviceAuthorizationResponse[…]";
    }
}
