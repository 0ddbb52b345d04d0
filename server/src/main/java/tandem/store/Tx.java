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
}
