package tandem.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import tandem.model.Pace;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;

/// One live device code in memory, and its pace. It is its own key in the index, to cost less than
/// 100 bytes.
final class LiveCode {

    private static final long NEVER = Long.MIN_VALUE;
    private static final CountDownLatch NOBODY = new CountDownLatch(0);

    /// What ended the waiting of a poll.
    enum Wake {
        /// A person has decided, or the code's time or that of the poll is over.
        LOOK,
        /// A newer poll came: this one may sit on a connection that nobody listens to any more, and
        /// must not take the tokens.
        REPLACED
    }

    private final long high;
    private final long low;
    private final ClientId client;
    private final long expiresAt;
    private long lastAccepted = NEVER;
    private int intervalSeconds;
    private volatile boolean decided;
    private volatile int trusted;
    private CountDownLatch waiting = NOBODY;

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

    Duration left(Instant now) {
        return Duration.ofMillis(Math.max(0, expiresAt - now.toEpochMilli()));
    }

    boolean expired(Instant now) {
        return now.toEpochMilli() >= expiresAt;
    }

    boolean decided() {
        return decided;
    }

    /// True while "pending" needs no look at the store.
    ///
    /// @param hearing the present stretch of listening to other nodes
    boolean trusted(int hearing) {
        return hearing != 0 && trusted == hearing;
    }

    /// It was seen pending in the store in this stretch of listening, and known here before.
    void trust(int stretch) {
        trusted = stretch;
    }

    synchronized void decide() {
        decided = true;
        waiting.countDown();
    }

    /// Lets one poll wait here, in the place of the one that may be waiting; not where nobody would
    /// wake it.
    ///
    /// @param hearing asked once more when nothing can come in between
    Wake await(Duration most, IntSupplier hearing) {
        var mine = new CountDownLatch(1);
        synchronized (this) {
            replace();
            if (decided || !trusted(hearing.getAsInt())) {
                return Wake.LOOK;
            }
            waiting = mine;
        }
        try {
            boolean woken = mine.await(most.toMillis(), TimeUnit.MILLISECONDS);
            return woken && !stillMine(mine) ? Wake.REPLACED : Wake.LOOK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Wake.REPLACED;
        }
    }

    /// Ends the waiting of an older poll.
    synchronized void replace() {
        var older = waiting;
        waiting = NOBODY;
        older.countDown();
    }

    private synchronized boolean stillMine(CountDownLatch mine) {
        return waiting.equals(mine); // a latch equals itself alone
    }

    /// The interval begins when a poll that waited is answered.
    synchronized void answered(Instant now) {
        lastAccepted = now.toEpochMilli();
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
