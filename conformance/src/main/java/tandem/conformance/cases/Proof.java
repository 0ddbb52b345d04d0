package tandem.conformance.cases;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/// A DPoP proof (RFC 9449 §4.2), and how it may be wrong.
record Proof(
        ECKey key,
        String type,
        String method,
        URI uri,
        Instant at,
        Optional<String> nonce,
        Optional<String> token) {

    static Proof of(ECKey key, URI uri) {
        return new Proof(
                key, "dpop+jwt", "POST", uri, Instant.now(), Optional.empty(), Optional.empty());
    }

    Proof typed(String other) {
        return new Proof(key, other, method, uri, at, nonce, token);
    }

    Proof by(String other) {
        return new Proof(key, type, other, uri, at, nonce, token);
    }

    Proof to(URI other) {
        return new Proof(key, type, method, other, at, nonce, token);
    }

    Proof at(Instant other) {
        return new Proof(key, type, method, uri, other, nonce, token);
    }

    Proof with(Optional<String> otherNonce) {
        return new Proof(key, type, method, uri, at, otherNonce, token);
    }

    /// For an access token (RFC 9449 §7).
    Proof with(String accessToken) {
        return new Proof(key, type, method, uri, at, nonce, Optional.of(accessToken));
    }

    String signed() {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .jwk(key.toPublicJWK())
                        .build();
        return Keys.signed(
                header,
                key,
                claims -> {
                    nonce.ifPresent(value -> claims.claim("nonce", value));
                    token.ifPresent(value -> claims.claim("ath", hash(value)));
                    return claims.jwtID(UUID.randomUUID().toString())
                            .claim("htm", method)
                            .claim("htu", uri.toString())
                            .issueTime(Date.from(at));
                });
    }

    private static String hash(String token) {
        try {
            var bytes = token.getBytes(StandardCharsets.US_ASCII);
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(bytes)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
