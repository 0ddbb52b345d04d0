package tandem.scenario;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// A device's DPoP key, and the proofs it makes. [RFC 9449
/// §4.2](https://www.rfc-editor.org/rfc/rfc9449#section-4.2)
public record DeviceKey(TestTandem tandem, ClientKey key) {

    private static final JsonMapper JSON = new JsonMapper();

    public static DeviceKey of(TestTandem tandem, String algorithm) {
        return new DeviceKey(tandem, ClientKey.of(algorithm, "device").unnamed());
    }

    /// What a good proof says, to be changed by a test.
    Map<String, Object> claims(String method, String path, String nonce) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", tandem.issuer() + path);
        claims.put("iat", tandem.clock().instant().getEpochSecond());
        claims.put("nonce", nonce);
        return claims;
    }

    Map<String, Object> header() {
        var header = new LinkedHashMap<String, Object>();
        header.put("typ", "dpop+jwt");
        header.put("alg", key.algorithm());
        header.put("jwk", JSON.readValue(key.jwk(), Map.class));
        return header;
    }

    String proof(Map<String, Object> claims) {
        return key.signs(header(), claims);
    }

    String proof(String method, String path) {
        return proof(claims(method, path, nonce()));
    }

    /// A nonce in force, as the refusal of a proof without one tells it.
    public String nonce() {
        var claims = claims("POST", "/oauth/token", "none");
        return tandem.http()
                .with("DPoP", proof(claims))
                .post("/oauth/token", "client_id", "tv")
                .header("DPoP-Nonce")
                .orElseThrow();
    }

    /// Posts with a good proof.
    public Answer posts(String path, String... parameters) {
        return postsWith(proof("POST", path), path, parameters);
    }

    Answer postsWith(String proof, String path, String... parameters) {
        return tandem.http().with("DPoP", proof).post(path, parameters);
    }

    public Answer redeems(TestDevice device, String clientId) {
        return posts("/oauth/token", redemption(device, clientId));
    }

    static String[] redemption(TestDevice device, String clientId) {
        return new String[] {
            "grant_type",
            "urn:ietf:params:oauth:grant-type:device_code",
            "device_code",
            device.deviceCode(),
            "client_id",
            clientId
        };
    }

    public Answer refreshes(String token) {
        return posts(
                "/oauth/token",
                "grant_type",
                "refresh_token",
                "refresh_token",
                token,
                "client_id",
                "tv");
    }

    /// Asks for a protected resource with a token bound to this key.
    Answer gets(String path, String token) {
        var claims = claims("GET", path, nonce());
        claims.put("ath", sha256(token));
        return tandem.http()
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof(claims))
                .get(path);
    }

    /// [RFC 7638](https://www.rfc-editor.org/rfc/rfc7638), of an EC key.
    String thumbprint() {
        var jwk = JSON.readTree(key.jwk());
        return sha256(
                "{\"crv\":\"%s\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}"
                        .formatted(
                                jwk.path("crv").asString(),
                                jwk.path("x").asString(),
                                jwk.path("y").asString()));
    }

    static String sha256(String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
