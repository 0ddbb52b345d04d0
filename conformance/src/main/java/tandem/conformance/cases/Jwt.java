package tandem.conformance.cases;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Request;

/// A JWT of the server's, read; and whether one of its keys signed it.
record Jwt(SignedJWT token, JWTClaimsSet claims) {
    /// What stands before the 32 bytes of such a key (RFC 8410 §4).
    private static final byte[] ED25519_PREFIX =
            HexFormat.of().parseHex("302a300506032b6570032100");

    /// Empty where it is none: an access token may be anything (RFC 6749 §1.4).
    static Optional<Jwt> of(String text) {
        try {
            var token = SignedJWT.parse(text);
            return Optional.of(new Jwt(token, token.getJWTClaimsSet()));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    static Jwt access(Scene scene) {
        return of(scene.shared().access())
                .orElseThrow(() -> scene.skip("needs access tokens that are JWTs"));
    }

    static Jwt id(Scene scene) {
        var tokens = scene.shared();
        return of(tokens.id())
                .orElseThrow(
                        () -> tokens.answer().unmet("an ID token that is a signed JWT", "another"));
    }

    List<String> audience() {
        return claims.getAudience();
    }

    Optional<Object> claim(String name) {
        return Optional.ofNullable(claims.getClaim(name));
    }

    String text(String name) {
        return claim(name).map(Object::toString).orElse("");
    }

    /// Seconds since 1970; 0 where the claim is missing.
    long seconds(String name) {
        @Nullable Object value = claims.getClaim(name);
        return switch (value) {
            case java.util.Date date -> date.toInstant().getEpochSecond();
            case Number number -> number.longValue();
            case null, default -> 0;
        };
    }

    /// Signed by the key of the server's set that its header names.
    boolean isSignedByServer(Scene scene) {
        var answer = scene.send(Request.get(scene.endpoint("jwks_uri"))).is(200);
        try {
            var set = JWKSet.parse(answer.body());
            @Nullable String kid = token.getHeader().getKeyID();
            return set.getKeys().stream()
                    .filter(key -> kid == null || kid.equals(key.getKeyID()))
                    .anyMatch(this::isSignedBy);
        } catch (ParseException e) {
            throw answer.unmet("a JWK set", String.valueOf(e.getMessage()));
        }
    }

    private boolean isSignedBy(JWK key) {
        try {
            return switch (key) {
                case OctetKeyPair okp -> isSignedByEd25519(okp);
                case AsymmetricJWK asymmetric ->
                        token.verify(
                                new DefaultJWSVerifierFactory()
                                        .createJWSVerifier(
                                                token.getHeader(), asymmetric.toPublicKey()));
                default -> false;
            };
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    /// By the JDK: the library's own verifier would bring another library along.
    private boolean isSignedByEd25519(OctetKeyPair key) throws GeneralSecurityException {
        var encoded = ByteBuffer.allocate(ED25519_PREFIX.length + 32);
        encoded.put(ED25519_PREFIX).put(key.getDecodedX());
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(
                KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(encoded.array())));
        verifier.update(token.getSigningInput());
        return verifier.verify(token.getSignature().decode());
    }
}
