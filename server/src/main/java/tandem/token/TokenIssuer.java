package tandem.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.keys.KeyRing;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.Ids;
import tandem.model.Link;
import tandem.model.SigningAlgorithm;
import tandem.model.TokenDialect;
import tandem.oauth.Scopes;
import tandem.web.Json;

/// Says what tokens say, and has them signed. [RFC 9068
/// §2](https://www.rfc-editor.org/rfc/rfc9068#section-2), [OpenID Connect Core
/// §2](https://openid.net/specs/openid-connect-core-1_0.html#IDToken)
public record TokenIssuer(
        Issuer issuer, KeyRing keys, InstantSource clock, RandomGenerator random) {

    static final String BEARER = "Bearer";
    static final String DPOP = "DPoP";

    /// The tokens of a link.
    ///
    /// @param key thumbprint of the key the access token is bound to
    public TokenResponse issue(
            Standing standing,
            Link link,
            Optional<RefreshToken> refreshToken,
            Optional<String> key) {
        var now = clock.instant();
        var scopes = standing.scopes();
        var lifetime = lifetime(standing.api());
        var accessToken = accessToken(standing, link, key, now, lifetime);
        var idToken =
                scopes.contains(Scopes.OPENID)
                        ? Optional.of(idToken(standing, link, scopes, accessToken, now))
                        : Optional.<String>empty();
        return new TokenResponse(
                accessToken,
                key.isPresent() ? DPOP : BEARER,
                lifetime.toSeconds(),
                scopes.toString(),
                idToken,
                refreshToken.map(RefreshToken::value),
                AuthorizationDetails.at(standing.api(), standing.access().details()));
    }

    /// The access token of a client for itself. [RFC 6749
    /// §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)
    TokenResponse issue(Client client, Api api, Scopes scopes, Optional<String> key) {
        var now = clock.instant();
        var claims = claims(client, key, now, api.tokenLifetime());
        claims.put("sub", client.id().value() + "@clients");
        claims.put("aud", api.identifier());
        claims.put("scope", scopes.toString());
        claims.put("gty", "client-credentials");
        var token = keys.sign(api.signingAlg(), api.tokenDialect().typ(), Json.bytes(claims));
        return new TokenResponse(
                token,
                key.isPresent() ? DPOP : BEARER,
                api.tokenLifetime().toSeconds(),
                scopes.toString(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private String accessToken(
            Standing standing, Link link, Optional<String> key, Instant now, Duration lifetime) {
        var scopes = standing.scopes();
        var claims = claims(standing.client(), key, now, lifetime);
        claims.put("sub", link.userId());
        claims.put("aud", audience(standing.api(), scopes));
        claims.put("scope", scopes.toString());
        claims.put("sid", link.id());
        claims.put("auth_time", link.authentication().at().getEpochSecond());
        claims.put("amr", link.authentication().amr());
        claims.put("acr", link.authentication().acr());
        var details = AuthorizationDetails.at(standing.api(), standing.access().details());
        if (!details.isEmpty()) {
            claims.put("authorization_details", details);
        }
        var algorithm = standing.api().map(Api::signingAlg).orElse(SigningAlgorithm.RS256);
        var dialect = standing.api().map(Api::tokenDialect).orElse(TokenDialect.ACCESS_TOKEN);
        return keys.sign(algorithm, dialect.typ(), Json.bytes(claims));
    }

    private Map<String, Object> claims(
            Client client, Optional<String> key, Instant now, Duration lifetime) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer.toString());
        claims.put("client_id", client.id().value());
        claims.put("azp", client.id().value());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + lifetime.toSeconds());
        claims.put("jti", Ids.TOKEN.random(random));
        key.ifPresent(thumbprint -> claims.put("cnf", Map.of("jkt", thumbprint)));
        return claims;
    }

    private Object audience(Optional<Api> api, Scopes scopes) {
        if (api.isEmpty()) {
            return issuer.userinfo();
        }
        return scopes.contains(Scopes.OPENID)
                ? List.of(api.get().identifier(), issuer.userinfo())
                : api.get().identifier();
    }

    private String idToken(
            Standing standing, Link link, Scopes scopes, String accessToken, Instant now) {
        var client = standing.client();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer.toString());
        claims.put("sub", link.userId());
        claims.put("aud", client.id().value());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(client.idTokenLifetime()).getEpochSecond());
        claims.put("auth_time", link.authentication().at().getEpochSecond());
        claims.put("amr", link.authentication().amr());
        claims.put("acr", link.authentication().acr());
        claims.put("at_hash", halfHash(client.idTokenAlgorithm(), accessToken));
        claims.put("sid", link.id());
        claims.putAll(PersonClaims.of(standing.account(), scopes));
        return keys.sign(client.idTokenAlgorithm(), "JWT", Json.bytes(claims));
    }

    /// How long an access token for this API lives.
    public static Duration lifetime(Optional<Api> api) {
        return api.map(Api::tokenLifetime).orElse(Api.TOKEN_LIFETIME);
    }

    /// `at_hash`: the left half of the hash that the algorithm signs. [OpenID Connect Core
    /// §3.1.3.6](https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken)
    private static String halfHash(SigningAlgorithm algorithm, String accessToken) {
        var hash =
                switch (algorithm) {
                    case RS256, ES256 -> "SHA-256";
                    case EDDSA -> "SHA-512";
                };
        try {
            var digest =
                    MessageDigest.getInstance(hash)
                            .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + hash, e);
        }
    }
}
