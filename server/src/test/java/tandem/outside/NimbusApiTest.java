package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// An API in Java, on Nimbus' OAuth SDK, that has a key and no secret: it asks about the tokens it
/// is shown.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class NimbusApiTest {
    private static final ClientID API = new ClientID("library");

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private ECKey key;
    private OIDCProviderMetadata metadata;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
        tandem.startsIn(
                folder,
                Map.of(
                        "clients",
                        """
                          - client_id: library
                            app_type: non_interactive
                            token_endpoint_auth_method: private_key_jwt
                            jwks: { keys: [ %s ] }
                            grant_types: [ client_credentials ]
                        """
                                .formatted(key.toPublicJWK().toJSONString()),
                        "client_grants",
                        """
                          - { client_id: library, audience: "%s", scope: [ "read:library" ] }
                        """
                                .formatted(TandemProcess.API)));
        metadata = OIDCProviderMetadata.resolve(new Issuer(tandem.issuer()));
    }

    @Test
    void the_sdk_authenticates_with_its_key_and_asks_about_tokens() throws Exception {
        assertThat(metadata.getTokenEndpointAuthMethods())
                .contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        assertThat(metadata.getIntrospectionEndpointJWSAlgs()).contains(JWSAlgorithm.ES256);

        var tv = tandem.linkedTelevision();
        var token = new BearerAccessToken(tv.refreshes().text("access_token"));
        var answer = introspected(token).toSuccessResponse();
        assertThat(answer.isActive()).isTrue();
        assertThat(answer.getClientID()).isEqualTo(new ClientID("tv"));
        assertThat(answer.getScope().contains("read:library")).isTrue();
        assertThat(answer.getExpirationTime()).isInTheFuture();
        tv.revokes(tv.refreshToken());
        assertThat(introspected(token).toSuccessResponse().isActive()).isFalse();

        var own = own();
        assertThat(introspected(own).toSuccessResponse().getSubject().getValue())
                .isEqualTo("library@clients");
    }

    private PrivateKeyJWT proof(URI audience) throws Exception {
        return new PrivateKeyJWT(
                API, audience, JWSAlgorithm.ES256, key.toPrivateKey(), key.getKeyID(), null);
    }

    private TokenIntrospectionResponse introspected(AccessToken token) throws Exception {
        var endpoint = metadata.getIntrospectionEndpointURI();
        var proof = proof(URI.create(tandem.issuer()));
        var request = new TokenIntrospectionRequest(endpoint, proof, token);
        return TokenIntrospectionResponse.parse(send(request.toHTTPRequest()));
    }

    private AccessToken own() throws Exception {
        var endpoint = metadata.getTokenEndpointURI();
        var request =
                new TokenRequest.Builder(endpoint, proof(endpoint), new ClientCredentialsGrant())
                        .scope(new Scope("read:library"))
                        .customParameter("audience", TandemProcess.API)
                        .build();
        return TokenResponse.parse(send(request.toHTTPRequest()))
                .toSuccessResponse()
                .getTokens()
                .getAccessToken();
    }

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(5_000);
        request.setReadTimeout(30_000);
        return request.send();
    }
}
