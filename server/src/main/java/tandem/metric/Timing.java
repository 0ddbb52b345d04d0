package tandem.metric;

/// One histogram of durations, found once and then only fed.
@FunctionalInterface
public interface Timing {

    void took(long nanos);
}
