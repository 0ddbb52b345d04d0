package tandem.metric;

import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.RemovalListener;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts what a cache forgets because it is full; what its time was over for does not count.
public final class Evictions implements RemovalListener<Object, Object> {

    private final LongAdder count = new LongAdder();

    @Override
    public void onRemoval(@Nullable Object key, @Nullable Object value, RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            count.increment();
        }
    }

    public long count() {
        return count.sum();
    }
}
