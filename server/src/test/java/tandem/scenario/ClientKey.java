package tandem.scenario;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// A key that a client signs its assertions with. Made of the JDK alone, so that the server's
/// library is not its own witness.
public record ClientKey(String algorithm, Optional<String> kid, KeyPair pair) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int COORDINATE_BYTES = 32;

    public static ClientKey of(String algorithm, String kid) {
        try {
            var generator =
                    KeyPairGenerator.getInstance(
                            switch (algorithm) {
                                case "RS256", "PS256" -> "RSA";
                                case "ES256" -> "EC";
                                default -> "Ed25519";
                            });
            if (algorithm.equals("ES256")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return new ClientKey(algorithm, Optional.of(kid), generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same key under no name.
    public ClientKey unnamed() {
        return new ClientKey(algorithm, Optional.empty(), pair);
    }

    /// The same key, under which something else is claimed in the header.
    ClientKey claiming(String otherAlgorithm) {
        return new ClientKey(otherAlgorithm, kid, pair);
    }

    public String jwk() {
        var jwk = new LinkedHashMap<String, Object>();
        switch (pair.getPublic()) {
            case RSAPublicKey rsa -> {
                jwk.put("kty", "RSA");
                jwk.put("n", encoded(unsigned(rsa.getModulus())));
                jwk.put("e", encoded(unsigned(rsa.getPublicExponent())));
            }
            case ECPublicKey ec -> {
                jwk.put("kty", "EC");
                jwk.put("crv", "P-256");
                jwk.put("x", encoded(last(unsigned(ec.getW().getAffineX()))));
                jwk.put("y", encoded(last(unsigned(ec.getW().getAffineY()))));
            }
            default -> {
                jwk.put("kty", "OKP");
                jwk.put("crv", "Ed25519");
                jwk.put("x", encoded(last(pair.getPublic().getEncoded())));
            }
        }
        kid.ifPresent(name -> jwk.put("kid", name));
        return JSON.writeValueAsString(jwk);
    }

    public String signs(Map<String, Object> claims) {
        var header = new LinkedHashMap<String, Object>(Map.of("alg", algorithm, "typ", "JWT"));
        kid.ifPresent(name -> header.put("kid", name));
        return signs(header, claims);
    }

    public String signs(Map<String, Object> header, Map<String, Object> claims) {
        return signs(JSON.writeValueAsBytes(header), JSON.writeValueAsBytes(claims));
    }

    /// Signs whatever bytes, JSON or not.
    public String signs(byte[] header, byte[] claims) {
        var input = encoded(header) + "." + encoded(claims);
        try {
            var signature = signature();
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        if (algorithm.equals("PS256")) {
            var pss = Signature.getInstance("RSASSA-PSS");
            pss.setParameter(
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            return pss;
        }
        return Signature.getInstance(
                switch (pair.getPublic()) {
                    case RSAPublicKey rsa -> "SHA256withRSA";
                    case ECPublicKey ec -> "SHA256withECDSAinP1363Format";
                    default -> "Ed25519";
                });
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /// The last bytes, filled up with zeros before them.
    private static byte[] last(byte[] bytes) {
        var all = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, all.length);
        System.arraycopy(bytes, bytes.length - length, all, all.length - length, length);
        return all;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
