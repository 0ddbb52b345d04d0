package tandem.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import tandem.model.SigningAlgorithm;

/// A signing key ready for use.
record ActiveKey(JWK jwk, JWSAlgorithm algorithm, JWSSigner signer, JWSVerifier verifier) {

    private static final int RSA_BITS = 2048;

    /// Draws a new key: JSON with its private members.
    static JWK generate(SigningAlgorithm algorithm, String kid) {
        try {
            return switch (algorithm) {
                case RS256 ->
                        new RSAKeyGenerator(RSA_BITS)
                                .keyID(kid)
                                .keyUse(KeyUse.SIGNATURE)
                                .algorithm(JWSAlgorithm.RS256)
                                .generate();
                case ES256 ->
                        new ECKeyGenerator(Curve.P_256)
                                .keyID(kid)
                                .keyUse(KeyUse.SIGNATURE)
                                .algorithm(JWSAlgorithm.ES256)
                                .generate();
                case EDDSA ->
                        new OctetKeyPair.Builder(Ed25519.generate(kid))
                                .keyUse(KeyUse.SIGNATURE)
                                .algorithm(JWSAlgorithm.EdDSA)
                                .build();
            };
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java cannot make keys for " + algorithm, e);
        }
    }

    static ActiveKey of(SigningAlgorithm algorithm, String privateJwk) {
        // Before the keys are made: made by another provider, they are translated at every use.
        var fastest = Provider.fastest();
        try {
            var jwk = JWK.parse(privateJwk);
            var key =
                    switch (algorithm) {
                        case RS256 -> rsa(jwk.toRSAKey());
                        case ES256 -> ec(jwk.toECKey());
                        case EDDSA -> ed(jwk.toOctetKeyPair());
                    };
            fastest.ifPresent(provider -> {
                key.signer.getJCAContext().setProvider(provider);
                key.verifier.getJCAContext().setProvider(provider);
            });
            return key;
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("a stored signing key cannot be used", e);
        }
    }

    private static ActiveKey rsa(RSAKey jwk) throws JOSEException {
        return new ActiveKey(
                jwk, JWSAlgorithm.RS256, new RSASSASigner(jwk), new RSASSAVerifier(jwk));
    }

    private static ActiveKey ec(ECKey jwk) throws JOSEException {
        return new ActiveKey(jwk, JWSAlgorithm.ES256, new ECDSASigner(jwk), new ECDSAVerifier(jwk));
    }

    private static ActiveKey ed(OctetKeyPair jwk) throws GeneralSecurityException {
        return new ActiveKey(jwk, JWSAlgorithm.EdDSA, Ed25519.signer(jwk), Ed25519.verifier(jwk));
    }
}
