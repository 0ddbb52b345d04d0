package tandem.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tandem.model.Ids;
import tandem.model.Link;
import tandem.oauth.DeviceCode;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;

/// A refresh token: link, generation, 256 bits, and a mark that it was made here. [RFC 6749
/// §1.5](https://www.rfc-editor.org/rfc/rfc6749#section-1.5)
///
/// Its 256 bits come from a keyed hash of what the device held before (the device code, then each
/// token), so the same successor can be answered again within the leeway though no token is stored,
/// and the store together with the key file still mints no live token. Only an authentic token, one
/// whose mark is right, can end a link.
///
/// @param value as it goes over the wire
public record RefreshToken(String value, String link, int generation) {

    private static final int LINK_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int MARK_BYTES = 16;
    private static final int SIGNED_BYTES = LINK_BYTES + Integer.BYTES + SECRET_BYTES;
    private static final String PREFIX = "trt_";

    /// The first token of a link.
    public static RefreshToken first(SecretKeys keys, DeviceCode deviceCode, String link) {
        return make(keys, link, 1, keys.mac(Purpose.REFRESH_TOKEN, seed(deviceCode, link)));
    }

    /// The one token that follows this one. Under the key that made this one, so that a repeat
    /// within the leeway gets the same even when a new key came between.
    public RefreshToken successor(SecretKeys keys) {
        var secret = keys.mac(Purpose.REFRESH_TOKEN, value.getBytes(StandardCharsets.US_ASCII));
        return make(keys, link, generation + 1, secret);
    }

    /// Reads a token; empty unless it is authentic, to the letter.
    public static Optional<RefreshToken> read(SecretKeys keys, String value) {
        if (!value.startsWith(PREFIX)) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(value.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != SIGNED_BYTES + MARK_BYTES || !encoded(bytes).equals(value)) {
            return Optional.empty();
        }
        var signed = Arrays.copyOf(bytes, SIGNED_BYTES);
        var mark = Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length);
        if (!keys.authentic(Purpose.REFRESH_TOKEN, signed, mark)) {
            return Optional.empty();
        }
        var link = Ids.LINK.of(Arrays.copyOf(signed, LINK_BYTES));
        int generation = ByteBuffer.wrap(signed, LINK_BYTES, Integer.BYTES).getInt();
        return Optional.of(new RefreshToken(value, link, generation));
    }

    public SecretHash hash() {
        return SecretHash.sha256(value);
    }

    public Link.Presented presented() {
        return new Link.Presented(generation, hash());
    }

    private static RefreshToken make(SecretKeys keys, String link, int generation, byte[] secret) {
        var signed =
                ByteBuffer.allocate(SIGNED_BYTES)
                        .put(Ids.LINK.bytes(link))
                        .putInt(generation)
                        .put(secret)
                        .array();
        var bytes = Arrays.copyOf(signed, SIGNED_BYTES + MARK_BYTES);
        System.arraycopy(
                keys.mac(Purpose.REFRESH_TOKEN, signed), 0, bytes, SIGNED_BYTES, MARK_BYTES);
        return new RefreshToken(encoded(bytes), link, generation);
    }

    private static byte[] seed(DeviceCode deviceCode, String link) {
        return (deviceCode.value() + "\n" + link).getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(byte[] bytes) {
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "RefreshToken[…]";
    }
}
