package tandem.store;

import tandem.model.RowId;
import tandem.oauth.SecretHash;

/// What one transaction at a time may hold, over all nodes.
///
/// Who needs several holds them in the order in which they stand here, so that nobody waits for
/// whom he keeps waiting.
///
/// @param what a word, and a key where there are many
public record Hold(String what) {

    /// All that is registered: for changes that start from what is there.
    public static final Hold REGISTERED = new Hold("registered");

    public static final Hold SIGNING_KEYS = new Hold("signing keys");

    /// Forgetting what has run out: two who did it at once would wait for each other's rows.
    public static final Hold SWEEP = new Hold("sweep");

    /// What becomes of one device authorization.
    public static Hold deviceAuthorization(RowId id) {
        return new Hold("device_authorization " + id);
    }

    /// One person's consents, and which links there are.
    public static Hold person(String userId) {
        return new Hold("person " + userId);
    }

    /// One count of failures.
    public static Hold failures(SecretHash bucket) {
        return new Hold("failures " + bucket.value());
    }
}
