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

    Epochs epochs();

    Events events();

    /// Waits until no other transaction, on any node, holds the same, and holds it to the end of
    /// this one. What is read after that cannot be changed by anybody who would have to hold it.
    void hold(Hold what);

    /// Tells all nodes, when this is committed and only then.
    void tell(Signal signal);
}
