package tandem.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import tandem.web.Handler;
import tandem.web.Json;
import tandem.web.Request;
import tandem.web.Response;

/// `/demo/api`: what an API developer writes. It knows the issuer's address and its own identifier,
/// and takes everything else from discovery: a standard library verifies the token.
final class SampleApi implements Handler {
    private static final String AUDIENCE = "https://api.demo.example/";
    private static final String SCOPE = "read:library";
    private static final int TIMEOUT_MILLIS = 5000;
    private static final String BEARER = "Bearer ";

    private final URI issuer;
    private final AtomicReference<Optional<DefaultJWTProcessor<SecurityContext>>> verifier =
            new AtomicReference<>(Optional.empty());

    SampleApi(URI issuer) {
        this.issuer = issuer;
    }

    @Override
    public Response handle(Request request) {
        var header = request.header("Authorization").orElse("");
        if (!header.startsWith(BEARER)) {
            return refused(401, "");
        }
        JWTClaimsSet claims;
        try {
            claims = verifier().process(header.substring(BEARER.length()), null);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return refused(401, ", error=\"invalid_token\"");
        } catch (GeneralException | IOException e) {
            return Response.json(503, Json.bytes(Map.of("error", "temporarily_unavailable")))
                    .with("Retry-After", "1");
        }
        var scope = String.valueOf(claims.getClaim("scope"));
        return List.of(scope.split(" ", -1)).contains(SCOPE)
                ? library(claims)
                : refused(403, ", error=\"insufficient_scope\", scope=\"" + SCOPE + "\"");
    }

    private static Response library(JWTClaimsSet claims) {
        var body = new LinkedHashMap<String, Object>();
        body.put("sub", claims.getSubject());
        body.put("scope", String.valueOf(claims.getClaim("scope")));
        body.put("expires_at", claims.getExpirationTime().toInstant().toString());
        body.put(
                "library",
                List.of(
                        Map.of("title", "A Trip to the Moon", "year", 1902),
                        Map.of("title", "The General", "year", 1926),
                        Map.of("title", "Metropolis", "year", 1927)));
        return Response.json(200, Json.bytes(body));
    }

    private static Response refused(int status, String error) {
        return Response.json(
                        status,
                        Json.bytes(Map.of("error", status == 403 ? "forbidden" : "unauthorized")))
                .with("WWW-Authenticate", "Bearer realm=\"demo\"" + error);
    }

    /// Discovery at the first request: when this object is made, the server does not listen yet.
    private DefaultJWTProcessor<SecurityContext> verifier() throws GeneralException, IOException {
        var known = verifier.get();
        if (known.isPresent()) {
            return known.get();
        }
        var discovered = discovered();
        verifier.set(Optional.of(discovered));
        return discovered;
    }

    private DefaultJWTProcessor<SecurityContext> discovered() throws GeneralException, IOException {
        var metadata =
                OIDCProviderMetadata.resolve(new Issuer(issuer), TIMEOUT_MILLIS, TIMEOUT_MILLIS);
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys(metadata)));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        AUDIENCE,
                        new JWTClaimsSet.Builder().issuer(issuer.toString()).build(),
                        Set.of("sub", "exp", "client_id", "scope")));
        return processor;
    }

    private static JWKSource<SecurityContext> keys(OIDCProviderMetadata metadata)
            throws MalformedURLException {
        return JWKSourceBuilder.<SecurityContext>create(metadata.getJWKSetURI().toURL()).build();
    }
}
