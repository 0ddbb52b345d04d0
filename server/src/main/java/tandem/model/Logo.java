package tandem.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// A picture that stands for an app or for the operator, served from here under a path that changes
/// with its content. Never fetched from elsewhere: that would tell others who signs in where.
///
/// @param base64 its content
public record Logo(Type type, String base64) {

    public static final int BYTES_MAX = 64 * 1024;

    /// Below this path all of them are served.
    public static final String ROOT = "/logos/";

    private static final int HASH_CHARACTERS = 24;
    private static final int SVG_HEAD = 1024;

    /// What browsers show everywhere, told by the first bytes and not by a file's name.
    public enum Type {
        PNG("image/png", ".png"),
        JPEG("image/jpeg", ".jpg"),
        WEBP("image/webp", ".webp"),
        SVG("image/svg+xml", ".svg");

        private final String contentType;
        private final String ending;

        Type(String contentType, String ending) {
            this.contentType = contentType;
            this.ending = ending;
        }
    }

    /// Empty when it is too large or no picture of a kind that is served.
    public static Optional<Logo> of(byte[] content) {
        return content.length > BYTES_MAX
                ? Optional.empty()
                : type(content)
                        .map(type -> new Logo(type, Base64.getEncoder().encodeToString(content)));
    }

    public String path() {
        return ROOT + hash() + type.ending;
    }

    public String contentType() {
        return type.contentType;
    }

    public byte[] content() {
        return Base64.getDecoder().decode(base64);
    }

    private String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content());
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Type> type(byte[] content) {
        var head =
                new String(
                        Arrays.copyOf(content, Math.min(content.length, SVG_HEAD)),
                        StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(Type.PNG);
        }
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of(Type.JPEG);
        }
        if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return Optional.of(Type.WEBP);
        }
        boolean markup = head.stripLeading().startsWith("<") && head.contains("<svg");
        return markup ? Optional.of(Type.SVG) : Optional.empty();
    }
}
