package tandem.oauth;

/// A secret that must be read back, encrypted under the secret key.
///
/// @param value the key's id, a colon, and base64url of nonce, ciphertext and tag (AES-256-GCM)
public record Sealed(String value) {

    @Override
    public String toString() {
        return "Sealed[…]";
    }
}
