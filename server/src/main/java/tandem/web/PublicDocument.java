package tandem.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A document for everyone, that caches may keep for five minutes.
public final class PublicDocument {

    private static final String CACHE = "public, max-age=300";
    private static final int ETAG_BYTES = 12;

    private PublicDocument() {}

    /// The document, or 304 when the client holds it already ([RFC 9110
    /// §13.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2)).
    public static Response of(Request request, byte[] json) {
        var etag = '"' + HexFormat.of().formatHex(sha256(json), 0, ETAG_BYTES) + '"';
        boolean held =
                request.header("If-None-Match").filter(tags -> tags.contains(etag)).isPresent();
        var response = held ? Response.notModified() : Response.publicJson(json);
        return response.with("Cache-Control", CACHE).with("ETag", etag);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
