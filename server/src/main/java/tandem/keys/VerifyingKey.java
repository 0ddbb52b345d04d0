package tandem.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A public key with which somebody else signs, such as a client. [RFC 7517
/// §4](https://www.rfc-editor.org/rfc/rfc7517#section-4)
public final class VerifyingKey {

    private static final int RSA_BITS_MIN = 2048;

    /// A longer key costs whoever verifies, and protects nobody better.
    private static final int RSA_BITS_MAX = 8192;

    private static final int PRESENTED_BITS_MAX = 4096;
    private static final int EXPONENT_BITS_MAX = 64;

    private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);
    private static final Set<JWSAlgorithm> EC = Set.of(JWSAlgorithm.ES256);
    private static final Set<JWSAlgorithm> ED = Set.of(JWSAlgorithm.EdDSA);

    /// The members that make a key private or shared ([RFC 7518
    /// §6](https://www.rfc-editor.org/rfc/rfc7518#section-6)).
    private static final List<String> PRIVATE =
            List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    /// The values of `alg` a signature may have.
    public static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA");

    private final JWK jwk;
    private final Set<JWSAlgorithm> algorithms;
    private final JWSVerifier verifier;

    private VerifyingKey(JWK jwk, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {
        this.jwk = jwk;
        this.algorithms = algorithms;
        this.verifier = verifier;
    }

    /// What is wrong with a JWK, in words that repeat nothing of it; empty when it can be used.
    public static Optional<String> mistake(JsonNode jwk) {
        var secret = PRIVATE.stream().filter(jwk::has).findFirst();
        if (secret.isPresent()) {
            return Optional.of(
                    "holds the private member "
                            + secret.get()
                            + "; register the public key alone, and take another if this one has"
                            + " been seen");
        }
        try {
            var key = read(jwk.toString());
            return key.algorithms.isEmpty()
                    ? Optional.of("has a use or an alg that does not fit: signs nothing here")
                    : Optional.empty();
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            return Optional.of("is no well-formed public JWK");
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "must be an RSA key of %d to %d bits, an EC key on P-256 or an Ed25519 key"
                            .formatted(RSA_BITS_MIN, RSA_BITS_MAX));
        }
    }

    /// Reads a JWK in which there is no [#mistake].
    public static VerifyingKey of(String jwk) {
        try {
            return read(jwk);
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("a registered key cannot be used", e);
        }
    }

    /// The key that a stranger has put into the head of what it signed; empty when it is private,
    /// too weak, of another kind, or made to cost whoever verifies.
    public static Optional<VerifyingKey> presented(JWK jwk) {
        if (jwk.isPrivate() || (jwk instanceof RSAKey rsa && costly(rsa))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(jwk.toJSONString()));
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean costly(RSAKey key) {
        return key.size() > PRESENTED_BITS_MAX
                || key.getPublicExponent().decodeToBigInteger().bitLength() > EXPONENT_BITS_MAX;
    }

    /// The key's SHA-256 thumbprint. [RFC 7638](https://www.rfc-editor.org/rfc/rfc7638)
    public String thumbprint() {
        try {
            return jwk.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("every usable key has a thumbprint", e);
        }
    }

    /// True when this key made the signature. A key or a header without `kid` fits any.
    public boolean verifies(JWSObject jws) {
        var header = jws.getHeader();
        boolean named =
                jwk.getKeyID() == null
                        || header.getKeyID() == null
                        || jwk.getKeyID().equals(header.getKeyID());
        try {
            return named
                    && header.getCriticalParams() == null
                    && algorithms.contains(header.getAlgorithm())
                    && jws.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }

    private static VerifyingKey read(String json)
            throws ParseException, JOSEException, GeneralSecurityException {
        return switch (JWK.parse(json)) {
            case RSAKey rsa when rsa.size() >= RSA_BITS_MIN && rsa.size() <= RSA_BITS_MAX ->
                    new VerifyingKey(rsa, usable(rsa, RSA), new RSASSAVerifier(rsa));
            case ECKey ec when ec.getCurve().equals(Curve.P_256) ->
                    new VerifyingKey(ec, usable(ec, EC), new ECDSAVerifier(ec));
            case OctetKeyPair ed when ed.getCurve().equals(Curve.Ed25519) ->
                    new VerifyingKey(ed, usable(ed, ED), Ed25519.verifier(ed));
            case JWK _ -> throw new IllegalArgumentException("another kind of key");
        };
    }

    /// Those of the algorithms that the key's own `use` and `alg` leave.
    private static Set<JWSAlgorithm> usable(JWK jwk, Set<JWSAlgorithm> algorithms) {
        boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        if (!signs) {
            return Set.of();
        }
        return algorithms.stream()
                .filter(alg -> jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(alg))
                .collect(Collectors.toUnmodifiableSet());
    }
}
