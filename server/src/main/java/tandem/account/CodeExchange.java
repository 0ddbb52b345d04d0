package tandem.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trades an authorization code for the person it stands for. [OpenID Connect Core
/// §3.1.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenEndpoint)
record CodeExchange(ProviderWire wire, IdTokens idTokens, URI callback) {

    private static final int METHODS_MAX = 8;

    /// What values of RFC 8176 look like; others would end up in our own tokens.
    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_-]{0,19}");

    private static final Logger LOG = LoggerFactory.getLogger(CodeExchange.class);

    /// A code, and all it takes to redeem it.
    record Order(
            ProviderDirectory.Known provider,
            String clientId,
            String clientSecret,
            String code,
            String verifier,
            String nonce) {

        @Override
        public String toString() {
            return "Order[…]";
        }
    }

    /// What the code was good for.
    record Brought(JWTClaimsSet claims, AccessToken accessToken) {

        String subject() {
            return claims.getSubject();
        }

        /// When the person signed in at the provider, if it says so.
        Optional<Instant> signedInAt() {
            return claims.getClaim("auth_time") instanceof Number seconds
                    ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
                    : Optional.empty();
        }

        /// `fed`, and how the provider says the person signed in there.
        List<String> amr() {
            var methods = claims.getClaim("amr") instanceof List<?> list ? list : List.of();
            var sane =
                    methods.stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .filter(method -> METHOD.matcher(method).matches())
                            .limit(METHODS_MAX);
            return Stream.concat(Stream.of("fed"), sane).distinct().toList();
        }

        @Override
        public String toString() {
            return "Brought[…]";
        }
    }

    /// Redeems a code.
    ///
    /// @throws IOException when the provider does not answer
    /// @throws ParseException when it refuses, or answers what is no token response
    /// @throws BadJOSEException when its ID token is not to be believed
    Brought redeem(Order order)
            throws IOException, ParseException, BadJOSEException, JOSEException {
        var grant =
                new AuthorizationCodeGrant(
                        new AuthorizationCode(order.code()),
                        callback,
                        new CodeVerifier(order.verifier()));
        var endpoint = order.provider().metadata().getTokenEndpointURI();
        var request = new TokenRequest.Builder(endpoint, authentication(order), grant).build();
        var answer = parsed(request.toHTTPRequest().send(wire));
        if (!(answer instanceof OIDCTokenResponse response)) {
            var error = answer.toErrorResponse().getErrorObject().getCode();
            throw new ParseException("the token endpoint answered " + error);
        }
        var tokens = response.getOIDCTokens();
        if (tokens.getIDToken() == null) {
            throw new ParseException("the token response has no ID token");
        }
        var expected = new IdTokens.Expected(order.provider(), order.clientId(), order.nonce());
        return new Brought(idTokens.claims(tokens.getIDToken(), expected), tokens.getAccessToken());
    }

    /// A parser's message may repeat what it stumbled over, and that may be a token.
    private static TokenResponse parsed(HTTPResponse answer) throws ParseException {
        try {
            return OIDCTokenResponseParser.parse(answer);
        } catch (ParseException e) {
            throw new ParseException("the token response is malformed");
        }
    }

    /// What the provider tells of the person: in the ID token, or at its userinfo endpoint, where
    /// providers put it who follow [OpenID Connect Core
    /// §5.4](https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims) to the letter.
    /// Nobody is refused for want of a name.
    ProviderPeople.Told told(Order order, Brought brought) {
        var told = told(brought.claims());
        var endpoint = order.provider().metadata().getUserInfoEndpointURI();
        if ((told.name().isPresent() && told.verifiedEmail().isPresent()) || endpoint == null) {
            return told;
        }
        try {
            var more = told(userinfo(endpoint, brought));
            return new ProviderPeople.Told(
                    told.name().or(more::name), told.verifiedEmail().or(more::verifiedEmail));
        } catch (IOException | ParseException | java.text.ParseException e) {
            LOG.warn("{} told nothing of a new person", endpoint);
            return told;
        }
    }

    private JWTClaimsSet userinfo(URI endpoint, Brought brought)
            throws IOException, ParseException, java.text.ParseException {
        var request = new UserInfoRequest(endpoint, brought.accessToken()).toHTTPRequest();
        var answer = UserInfoResponse.parse(request.send(wire));
        if (!answer.indicatesSuccess() || answer.toSuccessResponse().getUserInfo() == null) {
            throw new ParseException("no answer in plain JSON");
        }
        var claims = answer.toSuccessResponse().getUserInfo().toJWTClaimsSet();
        if (!brought.subject().equals(claims.getSubject())) {
            throw new ParseException("it speaks of somebody else");
        }
        return claims;
    }

    private static ProviderPeople.Told told(JWTClaimsSet claims) {
        boolean verified = Boolean.TRUE.equals(claims.getClaim("email_verified"));
        return new ProviderPeople.Told(
                text(claims, "name"), verified ? text(claims, "email") : Optional.empty());
    }

    private static Optional<String> text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String value && !value.isBlank()
                ? Optional.of(value)
                : Optional.empty();
    }

    /// Basic unless the provider takes the secret in the form alone.
    private static ClientAuthentication authentication(Order order) {
        var id = new ClientID(order.clientId());
        var secret = new Secret(order.clientSecret());
        var offered = order.provider().metadata().getTokenEndpointAuthMethods();
        boolean formOnly =
                offered != null
                        && !offered.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        && offered.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return formOnly ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }
}
