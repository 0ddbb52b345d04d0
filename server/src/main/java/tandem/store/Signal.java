package tandem.store;

import tandem.oauth.SecretHash;

/// What one node lets the others know. A hint: it says that something is worth looking at, and the
/// store says what.
public sealed interface Signal {

    /// A device code is not pending any more: a person has decided, or its expiry was told.
    record Decided(SecretHash deviceCode) implements Signal {}

    /// The signing keys are not what they were.
    record KeysChanged() implements Signal {}

    /// Something that went wrong was counted against a limit.
    ///
    /// @param node who counted it: a node hears itself, too, and must not count twice
    /// @param limit by its name in the configuration
    /// @param who a keyed hash of whom it counts
    record Counted(String node, String limit, SecretHash who) implements Signal {}

    /// From here on nothing may be heard, and something may have been missed.
    record Silence() implements Signal {}
}
