package tandem.device;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tandem.web.HttpServer;

/// How many polls wait on this node, so that waiting stays a favour and no way to fill it up.
final class WaitingPolls {

    static final int PER_ADDRESS_MAX = 1_000;

    /// Most of the connections there may be; the others are for who does not wait.
    static final int MAX = Math.min(15_000, HttpServer.CONNECTIONS_MAX / 4 * 3);

    private final int most;
    private final AtomicInteger all = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final ConcurrentHashMap<String, Integer> perAddress = new ConcurrentHashMap<>();

    WaitingPolls() {
        this(MAX);
    }

    /// @param most of all addresses together
    WaitingPolls(int most) {
        this.most = most;
    }

    /// Takes a place; false when there is none, and the poll is answered at once.
    boolean enter(String address) {
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            refused.increment();
            return false;
        }
        int there = perAddress.merge(address, 1, Integer::sum);
        if (there > PER_ADDRESS_MAX) {
            leave(address);
            refused.increment();
            return false;
        }
        return true;
    }

    void leave(String address) {
        all.decrementAndGet();
        perAddress.computeIfPresent(address, (a, there) -> there == 1 ? null : there - 1);
    }

    int count() {
        return all.get();
    }

    /// How many found no place.
    long refused() {
        return refused.sum();
    }
}
