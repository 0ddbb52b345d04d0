package tandem.store;

import tandem.model.Registered;

/// One transaction: a collection for each kind of record.
public interface Tx {

    /// What is registered, as of this transaction.
    Registered registered();

    Registry registry();

    Accounts accounts();

    Sessions sessions();

    Entries entries();

    DeviceAuthorizations deviceAuthorizations();

    Consents consents();

    Links links();

    SigningKeys signingKeys();

    Trips trips();

    Failures failures();

    Logos logos();

    Events events();

    /// Waits until no other transaction, on any node, holds the same, and holds it to the end of
    /// this one. What is read after it cannot be changed by who holds it, too.
    ///
    /// @param what a kind and a key, such as `person usr_1`
    void hold(String what);

    /// Tells all nodes, when this is committed and only then.
    void tell(Signal signal);
}
