package tandem.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// Ed25519 of the platform's own provider, for the JOSE library, whose own way needs one more
/// library and is 65 times slower. [RFC 8037](https://www.rfc-editor.org/rfc/rfc8037)
final class Ed25519 {

    private static final int KEY_BYTES = 32;

    /// What stands before the 32 bytes of a key in its ASN.1 encoding ([RFC 8410 §4 and
    /// §7](https://www.rfc-editor.org/rfc/rfc8410#section-7)).
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static OctetKeyPair generate(String kid) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var publicBytes = lastBytes(pair.getPublic().getEncoded());
            var privateBytes =
                    Arrays.copyOfRange(
                            pair.getPrivate().getEncoded(), PKCS8.length, PKCS8.length + KEY_BYTES);
            return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(publicBytes))
                    .d(Base64URL.encode(privateBytes))
                    .keyID(kid)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks Ed25519", e);
        }
    }

    static JWSSigner signer(OctetKeyPair key) throws GeneralSecurityException {
        var encoded = joined(PKCS8, key.getDecodedD());
        return new Signer(
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    }

    static JWSVerifier verifier(OctetKeyPair key) throws GeneralSecurityException {
        var encoded = joined(X509, key.getDecodedX());
        return new Verifier(
                KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    }

    private static byte[] joined(byte[] prefix, byte[] key) {
        var all = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, all, prefix.length, key.length);
        return all;
    }

    private static byte[] lastBytes(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    private static final class Signer extends BaseJWSProvider implements JWSSigner {

        private final PrivateKey key;

        Signer(PrivateKey key) {
            super(Set.of(JWSAlgorithm.EdDSA));
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
            try {
                var signature = Signature.getInstance("Ed25519");
                signature.initSign(key);
                signature.update(input);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new JOSEException("Ed25519 could not sign", e);
            }
        }
    }

    private static final class Verifier extends BaseJWSProvider implements JWSVerifier {

        private final PublicKey key;

        Verifier(PublicKey key) {
            super(Set.of(JWSAlgorithm.EdDSA));
            this.key = key;
        }

        @Override
        public boolean verify(JWSHeader header, byte[] input, Base64URL presented)
                throws JOSEException {
            try {
                var signature = Signature.getInstance("Ed25519");
                signature.initVerify(key);
                signature.update(input);
                return signature.verify(presented.decode());
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }
}
