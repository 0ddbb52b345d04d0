package tandem.store;

import tandem.model.Epoch;

/// What the database knows of its own past.
public interface Epochs {

    Epoch current();

    /// Keeps the next one. False when `before` is no longer the current one.
    boolean save(Epoch before, Epoch next);

    /// Keeps the next one and forgets what an older copy must not bring back: device
    /// authorizations, whatever their state, who entered them, browser sessions and trips. From
    /// then on every link is behind ([Links#moveOn]). False when `before` is no longer the current
    /// one.
    ///
    /// @param firstEvent the id from which events go on, above all that anybody has read
    boolean restore(Epoch before, Epoch next, long firstEvent);
}
