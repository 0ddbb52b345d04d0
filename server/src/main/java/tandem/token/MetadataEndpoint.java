package tandem.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tandem.keys.VerifyingKey;
import tandem.model.Api;
import tandem.model.Authentication;
import tandem.model.Registered;
import tandem.model.SigningAlgorithm;
import tandem.oauth.GrantType;
import tandem.store.Store;
import tandem.web.Handler;
import tandem.web.Json;
import tandem.web.PublicDocument;
import tandem.web.Request;
import tandem.web.Response;

/// Both metadata documents; neither claims more or less than there is. [RFC 8414
/// §2](https://www.rfc-editor.org/rfc/rfc8414#section-2), [RFC 8628
/// §4](https://www.rfc-editor.org/rfc/rfc8628#section-4)
public final class MetadataEndpoint implements Handler {

    private static final List<String> CLIENT_AUTHENTICATION =
            List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt");

    private final Issuer issuer;
    private final Store store;
    private volatile Document document;

    /// The text, and the revision of what is registered that it was made of.
    private record Document(long revision, String text) {}

    public MetadataEndpoint(Issuer issuer, Store store) {
        this.issuer = issuer;
        this.store = store;
        this.document = made(store.registered());
    }

    @Override
    public Response handle(Request request) {
        var registered = store.registered();
        var current = document;
        if (current.revision != registered.revision()) {
            current = made(registered);
            document = current;
        }
        return PublicDocument.of(request, current.text.getBytes(StandardCharsets.UTF_8));
    }

    private Document made(Registered registered) {
        var members = members(issuer);
        var types =
                registered.apis().values().stream()
                        .flatMap(api -> api.detailTypes().stream())
                        .map(Api.DetailType::type)
                        .distinct()
                        .sorted()
                        .toList();
        if (!types.isEmpty()) {
            members.put("authorization_details_types_supported", types);
        }
        return new Document(
                registered.revision(), new String(Json.bytes(members), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> members(Issuer issuer) {
        var algorithms = Arrays.stream(SigningAlgorithm.values()).map(a -> a.wire()).toList();
        var grants = Arrays.stream(GrantType.values()).map(GrantType::wire).toList();
        var members = new LinkedHashMap<String, Object>();
        members.put("issuer", issuer.toString());
        members.put("device_authorization_endpoint", issuer.at(Issuer.DEVICE_AUTHORIZATION));
        members.put("token_endpoint", issuer.at(Issuer.TOKEN));
        members.put("userinfo_endpoint", issuer.userinfo());
        members.put("jwks_uri", issuer.at(Issuer.JWKS));
        members.put("revocation_endpoint", issuer.at(Issuer.REVOCATION));
        members.put("introspection_endpoint", issuer.at(Issuer.INTROSPECTION));
        members.put("grant_types_supported", grants);
        members.put("response_types_supported", List.of());
        members.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        members.put("subject_types_supported", List.of("public"));
        members.put("id_token_signing_alg_values_supported", algorithms);
        for (var endpoint : List.of("token", "revocation", "introspection")) {
            members.put(endpoint + "_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
            members.put(
                    endpoint + "_endpoint_auth_signing_alg_values_supported",
                    VerifyingKey.ALGORITHMS);
        }
        members.put("code_challenge_methods_supported", List.of(CodeChallenge.METHOD));
        members.put("acr_values_supported", List.of(Authentication.ACR));
        members.put("dpop_signing_alg_values_supported", VerifyingKey.ALGORITHMS);
        members.put(
                "claims_supported",
                List.of(
                        "iss",
                        "sub",
                        "aud",
                        "exp",
                        "iat",
                        "auth_time",
                        "acr",
                        "amr",
                        "sid",
                        "name",
                        "email",
                        "email_verified",
                        "updated_at"));
        members.put("ui_locales_supported", List.of("en", "de"));
        return members;
    }
}
