package tandem.outside;

import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.model.OAuth2AccessTokenErrorResponse;
import com.github.scribejava.core.model.OAuthRequest;
import com.github.scribejava.core.model.Verb;
import com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication;
import com.github.scribejava.core.oauth2.clientauthentication.RequestBodyAuthenticationScheme;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A device in Java on ScribeJava, in a process of its own. Prints one line of JSON for each step.
///
/// That library asks for no API: its token is for the server's own userinfo.
final class ScribeDevice {
    private static final JsonMapper JSON = new JsonMapper();

    private ScribeDevice() {}

    /// Runs once.
    ///
    /// @param arguments the issuer and the client
    public static void main(String[] arguments) throws Exception {
        var issuer = arguments[0];
        try (var service =
                new ServiceBuilder(arguments[1])
                        .defaultScope("openid profile email offline_access")
                        .build(api(issuer))) {
            var codes = service.getDeviceAuthorizationCodes();
            say("codes", Map.of("user_code", codes.getUserCode()));

            var tokens = service.pollAccessTokenDeviceAuthorizationGrant(codes);
            say(
                    "tokens",
                    Map.of("type", tokens.getTokenType(), "expires_in", tokens.getExpiresIn()));

            var request = new OAuthRequest(Verb.GET, issuer + "/userinfo");
            service.signRequest(tokens, request);
            try (var answer = service.execute(request)) {
                var person = JSON.readTree(answer.getBody());
                say("person", Map.of("name", text(person, "name"), "email", text(person, "email")));
            }

            var renewed = service.refreshAccessToken(tokens.getRefreshToken());
            boolean rotated = !renewed.getRefreshToken().equals(tokens.getRefreshToken());
            say("renewed", Map.of("rotated", rotated));

            service.revokeToken(renewed.getRefreshToken());
            try {
                service.refreshAccessToken(renewed.getRefreshToken());
            } catch (OAuth2AccessTokenErrorResponse refused) {
                say(
                        "revoked",
                        Map.of(
                                "error",
                                refused.getError().getErrorString(),
                                "status",
                                refused.getResponse().getCode()));
            }
        }
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }

    private static void say(String step, Map<String, ?> what) {
        var line = JSON.createObjectNode().put("step", step);
        what.forEach((name, value) -> line.set(name, JSON.valueToTree(value)));
        System.out.println(line);
    }

    private static DefaultApi20 api(String issuer) {
        return new DefaultApi20() {
            @Override
            public String getAccessTokenEndpoint() {
                return issuer + "/oauth/token";
            }

            @Override
            public String getRevokeTokenEndpoint() {
                return issuer + "/oauth/revoke";
            }

            @Override
            public String getDeviceAuthorizationEndpoint() {
                return issuer + "/oauth/device/code";
            }

            @Override
            protected String getAuthorizationBaseUrl() {
                throw new UnsupportedOperationException("a device has no browser");
            }

            @Override
            public ClientAuthentication getClientAuthentication() {
                return RequestBodyAuthenticationScheme.instance();
            }
        };
    }
}
