package tandem.conformance.cases;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.function.UnaryOperator;

/// Keys of the suite's own, and what is signed with them.
final class Keys {
    private Keys() {}

    static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("suite").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signed(ECKey key, String type, UnaryOperator<JWTClaimsSet.Builder> claims) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .keyID(key.getKeyID())
                        .build(),
                key,
                claims);
    }

    static String signed(JWSHeader header, ECKey key, UnaryOperator<JWTClaimsSet.Builder> claims) {
        try {
            var jwt = new SignedJWT(header, claims.apply(new JWTClaimsSet.Builder()).build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
