package tandem.conformance.cases;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.util.Optional;

/// Tokens that look like the server's and are not.
final class Forged {
    private Forged() {}

    /// One bit of the signature changed: not in the last letter, whose low bits may mean nothing.
    static String signature(Jwt jwt) {
        var signature = jwt.token().getSignature().decode();
        signature[0] ^= 1;
        return signed(jwt) + "." + Base64URL.encode(signature);
    }

    static String withoutSignature(Jwt jwt) {
        return signed(jwt) + ".";
    }

    static String unsigned(Jwt jwt) {
        return new PlainJWT(jwt.claims()).serialize();
    }

    /// The same claims under a key of the suite's own.
    ///
    /// @param inHeader the key stands in the header, for a server that believes it
    static String byStranger(Jwt jwt, boolean inHeader) {
        var key = Keys.ec();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256);
        Optional.ofNullable(jwt.token().getHeader().getType())
                .map(JOSEObjectType::getType)
                .ifPresent(type -> header.type(new JOSEObjectType(type)));
        header.keyID(jwt.token().getHeader().getKeyID());
        if (inHeader) {
            header.jwk(key.toPublicJWK());
        }
        return Keys.signed(header.build(), key, none -> new JWTClaimsSet.Builder(jwt.claims()));
    }

    private static String signed(Jwt jwt) {
        return new String(
                jwt.token().getSigningInput(), java.nio.charset.StandardCharsets.US_ASCII);
    }
}
