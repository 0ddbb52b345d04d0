package tandem.store.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// A count and a sum of rows, the same in whatever order they are read: databases do not agree on
/// the order of texts.
final class RowSum {

    private static final byte ABSENT = 0;
    private static final byte THERE = 1;

    private final MessageDigest digest;
    private long rows;
    private long high;
    private long low;

    RowSum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    /// One value of the row that is being read.
    void value(@Nullable String text) {
        digest.update(text == null ? ABSENT : THERE);
        if (text != null) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
    }

    void endOfRow() {
        var hash = ByteBuffer.wrap(digest.digest());
        high += hash.getLong();
        low += hash.getLong();
        rows++;
    }

    long rows() {
        return rows;
    }

    boolean same(RowSum other) {
        return rows == other.rows && high == other.high && low == other.low;
    }
}
