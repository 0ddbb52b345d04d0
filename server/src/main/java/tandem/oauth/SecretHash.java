package tandem.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A hash of a secret: the only form in which the store ever sees one.
///
/// Plain SHA-256 suffices for secrets of 256 random bits; what a person could guess (user codes,
/// client secrets) is hashed under the secret key instead.
///
/// @param value 43 characters, base64url without padding
public record SecretHash(String value) {

    public static SecretHash sha256(String secret) {
        return of(sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    public static SecretHash of(byte[] digest) {
        return new SecretHash(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    }

    /// Compares in constant time.
    public boolean matches(SecretHash other) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.US_ASCII),
                other.value.getBytes(StandardCharsets.US_ASCII));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
