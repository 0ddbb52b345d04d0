package tandem.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tandem.model.Pace;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;

/// One live device code in memory, and its pace. It is its own key in the index, to cost less than
/// 100 bytes.
final class LiveCode {

    private static final long NEVER = Long.MIN_VALUE;

    private final long high;
    private final long low;
    private final ClientId client;
    private final long expiresAt;
    private long lastAccepted = NEVER;
    private int intervalSeconds;
    private volatile boolean decided;

    /// @param interval the pace to begin with
    LiveCode(SecretHash deviceCode, ClientId client, Instant expiresAt, Duration interval) {
        var bits = ByteBuffer.wrap(Base64.getUrlDecoder().decode(deviceCode.value()));
        this.high = bits.getLong();
        this.low = bits.getLong();
        this.client = client;
        this.expiresAt = expiresAt.toEpochMilli();
        this.intervalSeconds = (int) interval.toSeconds();
    }

    /// Something to look a code up by.
    static LiveCode key(SecretHash deviceCode) {
        return new LiveCode(deviceCode, new ClientId(""), Instant.EPOCH, Duration.ZERO);
    }

    ClientId client() {
        return client;
    }

    boolean expired(Instant now) {
        return now.toEpochMilli() >= expiresAt;
    }

    boolean decided() {
        return decided;
    }

    void decide() {
        decided = true;
    }

    /// Takes one poll at `now`; the interval to keep if it came too soon, else zero.
    synchronized Duration paced(Instant now) {
        var last = lastAccepted == NEVER ? Instant.MIN : Instant.ofEpochMilli(lastAccepted);
        var pace = new Pace(Duration.ofSeconds(intervalSeconds), last);
        if (pace.tooSoon(now)) {
            intervalSeconds = (int) pace.broken().interval().toSeconds();
            return Duration.ofSeconds(intervalSeconds);
        }
        lastAccepted = now.toEpochMilli();
        return Duration.ZERO;
    }

    /// Equal when the first 128 bits of the hash are: no two of a million codes share them.
    @Override
    public boolean equals(Object other) {
        return other instanceof LiveCode code && code.high == high && code.low == low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high);
    }
}
