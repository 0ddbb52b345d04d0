package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationGrantError;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A device and an API in Java, on Nimbus' OAuth SDK over TLS, which know of Tandem only the
/// issuer.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class NimbusClientTest {
    private static final ClientID TV = new ClientID("tv");

    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private SSLSocketFactory trusting;
    private OIDCProviderMetadata metadata;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        tandem.startsWithTlsIn(folder);
        trusting = tandem.certificate().trusted().getSocketFactory();
        metadata =
                OIDCProviderMetadata.resolve(
                        new Issuer(tandem.issuer()),
                        request -> request.setSSLSocketFactory(trusting));
    }

    @Test
    void the_sdk_signs_in_verifies_renews_and_revokes() throws Exception {
        var codes = codes();
        var grant = new DeviceCodeGrant(codes.getDeviceCode());
        assertThat(refused(grant)).isEqualTo(DeviceAuthorizationGrantError.AUTHORIZATION_PENDING);

        tandem.browser()
                .opens(codes.getVerificationURIComplete().toString().replace(tandem.issuer(), ""))
                .confirms()
                .signsIn(TandemProcess.EMAIL, TandemProcess.PASSWORD);

        var tokens = granted(grant);
        var keys = metadata.getJWKSetURI().toURL();
        var id =
                new IDTokenValidator(
                                metadata.getIssuer(), TV, JWSAlgorithm.RS256, keys, retriever())
                        .validate(tokens.getIDToken(), null);
        var access = verified(tokens.getAccessToken());
        assertThat(access.getSubject()).isEqualTo(id.getSubject().getValue());
        assertThat(access.getStringClaim("client_id")).isEqualTo("tv");

        var person = userInfo(tokens.getAccessToken());
        assertThat(person.getSubject()).isEqualTo(id.getSubject());
        assertThat(person.getName()).isEqualTo("Ada Lovelace");

        var renewed = granted(new RefreshTokenGrant(tokens.getRefreshToken()));
        assertThat(verified(renewed.getAccessToken()).getClaim("sid"))
                .isEqualTo(access.getClaim("sid"));
        assertThat(revoked(renewed.getRefreshToken()).getStatusCode()).isEqualTo(200);
        assertThat(refused(new RefreshTokenGrant(renewed.getRefreshToken())).getCode())
                .isEqualTo("invalid_grant");
    }

    private DeviceAuthorizationSuccessResponse codes() throws Exception {
        var request =
                new DeviceAuthorizationRequest.Builder(TV)
                        .endpointURI(metadata.getDeviceAuthorizationEndpointURI())
                        .scope(Scope.parse("openid profile offline_access read:library"))
                        .customParameter("audience", TandemProcess.API)
                        .build();
        return DeviceAuthorizationResponse.parse(send(request.toHTTPRequest())).toSuccessResponse();
    }

    private OIDCTokens granted(AuthorizationGrant grant) throws Exception {
        var response = OIDCTokenResponseParser.parse(asked(grant));
        assertThat(response.indicatesSuccess()).isTrue();
        return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
    }

    private ErrorObject refused(AuthorizationGrant grant) throws Exception {
        return TokenResponse.parse(asked(grant)).toErrorResponse().getErrorObject();
    }

    private HTTPResponse asked(AuthorizationGrant grant) throws IOException {
        var request = new TokenRequest.Builder(metadata.getTokenEndpointURI(), TV, grant).build();
        return send(request.toHTTPRequest());
    }

    private UserInfo userInfo(AccessToken token) throws Exception {
        var request = new UserInfoRequest(metadata.getUserInfoEndpointURI(), token);
        return UserInfoResponse.parse(send(request.toHTTPRequest()))
                .toSuccessResponse()
                .getUserInfo();
    }

    private HTTPResponse revoked(RefreshToken token) throws IOException {
        var endpoint = metadata.getRevocationEndpointURI();
        return send(new TokenRevocationRequest(endpoint, TV, token).toHTTPRequest());
    }

    private DefaultResourceRetriever retriever() {
        return new DefaultResourceRetriever(5_000, 30_000, 0, true, trusting);
    }

    /// As an API does that was told the issuer and its own name.
    private JWTClaimsSet verified(AccessToken token) throws Exception {
        var keys = JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), retriever()).build();
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        TandemProcess.API,
                        new JWTClaimsSet.Builder().issuer(tandem.issuer()).build(),
                        Set.of("sub", "exp", "scope")));
        return processor.process(token.getValue(), null);
    }

    private HTTPResponse send(HTTPRequest request) throws IOException {
        request.setSSLSocketFactory(trusting);
        request.setConnectTimeout(5_000);
        request.setReadTimeout(30_000);
        return request.send();
    }
}
