package tandem.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import java.security.GeneralSecurityException;
import java.util.List;

/// Verifies what others have signed with keys of their own. [RFC 8725
/// §3.1](https://www.rfc-editor.org/rfc/rfc8725#section-3.1)
public final class Verification {

    /// All of them asymmetric.
    public static final List<String> ALGORITHMS = List.of("ES256", "RS256", "PS256", "EdDSA");

    private static final int RSA_BITS_MIN = 2048;

    /// Larger keys prove no more, and cost their verifier time.
    private static final int RSA_BITS_MAX = 4096;

    private Verification() {}

    /// True when the object was signed with this key, by the algorithm that its header names and
    /// that fits the key.
    public static boolean signed(JWSObject jws, JWK key) {
        try {
            return fits(key, jws.getHeader().getAlgorithm())
                    && jws.verify(verifier(key, jws.getHeader().getAlgorithm()));
        } catch (JOSEException | GeneralSecurityException | IllegalStateException e) {
            return false;
        }
    }

    /// True for a public key that is strong enough, and can be used with the algorithm.
    public static boolean fits(JWK key, JWSAlgorithm algorithm) {
        if (key.isPrivate()) {
            return false;
        }
        if (key.getKeyType().equals(KeyType.RSA)) {
            return (algorithm.equals(JWSAlgorithm.RS256) || algorithm.equals(JWSAlgorithm.PS256))
                    && key.size() >= RSA_BITS_MIN
                    && key.size() <= RSA_BITS_MAX;
        }
        if (key.getKeyType().equals(KeyType.EC)) {
            return algorithm.equals(JWSAlgorithm.ES256)
                    && key.toECKey().getCurve().equals(Curve.P_256);
        }
        return key.getKeyType().equals(KeyType.OKP)
                && algorithm.equals(JWSAlgorithm.EdDSA)
                && key.toOctetKeyPair().getCurve().equals(Curve.Ed25519);
    }

    private static JWSVerifier verifier(JWK key, JWSAlgorithm algorithm)
            throws JOSEException, GeneralSecurityException {
        if (algorithm.equals(JWSAlgorithm.EdDSA)) {
            return Ed25519.verifier(key.toOctetKeyPair());
        }
        var verifier =
                algorithm.equals(JWSAlgorithm.ES256)
                        ? new ECDSAVerifier(key.toECKey())
                        : new RSASSAVerifier(key.toRSAKey());
        Provider.fastest().ifPresent(verifier.getJCAContext()::setProvider);
        return verifier;
    }
}
