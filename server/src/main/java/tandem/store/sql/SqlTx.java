package tandem.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import tandem.model.Api;
import tandem.model.EventType;
import tandem.model.Registered;
import tandem.store.Accounts;
import tandem.store.Consents;
import tandem.store.DeviceAuthorizations;
import tandem.store.Entries;
import tandem.store.Epochs;
import tandem.store.Events;
import tandem.store.Failures;
import tandem.store.Hold;
import tandem.store.Links;
import tandem.store.Logos;
import tandem.store.Registry;
import tandem.store.Sessions;
import tandem.store.Signal;
import tandem.store.SigningKeys;
import tandem.store.Trips;
import tandem.store.Tx;

/// One transaction on one connection. Made for one piece of work and then let go.
final class SqlTx implements Tx {

    private static final int LOOK_AGAIN = -1;

    private final Handle handle;
    private final RegisteredTables tables;
    private final Nodes nodes;
    private final SqlEvents events;
    private Registered known;
    private final List<EventType> told = new ArrayList<>(1);
    private int changesSeen = LOOK_AGAIN;

    /// @param known the last picture of what is registered; looked at anew only when its revision
    ///   is no longer the stored one
    SqlTx(Handle handle, Map<String, Api> builtIn, Registered known, Nodes nodes) {
        this.handle = handle;
        this.nodes = nodes;
        this.events = new SqlEvents(handle, nodes, told::add);
        this.tables = new RegisteredTables(handle, builtIn);
        this.known = known;
    }

    @Override
    public Registered registered() {
        if (changesSeen != tables.changes()) {
            if (tables.revision() != known.revision()) {
                known = tables.load();
            }
            changesSeen = tables.changes();
        }
        return known;
    }

    /// The newest picture this transaction has come by, without a query.
    Registered known() {
        return known;
    }

    /// The connection it runs on.
    Handle handle() {
        return handle;
    }

    /// The events it has written so far.
    List<EventType> told() {
        return told;
    }

    boolean changedRegistry() {
        return tables.changes() > 0;
    }

    @Override
    public Registry registry() {
        return tables;
    }

    @Override
    public Accounts accounts() {
        return new SqlAccounts(handle);
    }

    @Override
    public Sessions sessions() {
        return new SqlSessions(handle);
    }

    @Override
    public Entries entries() {
        return new SqlEntries(handle);
    }

    @Override
    public DeviceAuthorizations deviceAuthorizations() {
        return new SqlDeviceAuthorizations(handle, nodes);
    }

    @Override
    public Consents consents() {
        return new SqlConsents(handle);
    }

    @Override
    public Links links() {
        return new SqlLinks(handle);
    }

    @Override
    public SigningKeys signingKeys() {
        return new SqlSigningKeys(handle);
    }

    @Override
    public Trips trips() {
        return new SqlTrips(handle);
    }

    @Override
    public Failures failures() {
        return new SqlFailures(handle);
    }

    @Override
    public Logos logos() {
        return new SqlLogos(handle);
    }

    @Override
    public Epochs epochs() {
        return new SqlEpochs(handle, nodes);
    }

    @Override
    public Events events() {
        return events;
    }

    @Override
    public void hold(Hold what) {
        nodes.hold(handle, what.what());
        changesSeen = LOOK_AGAIN;
    }

    @Override
    public void tell(Signal signal) {
        nodes.tell(handle, signal);
    }

    /// Lets others know that what is registered has changed, and sees the change itself.
    Registered changed() {
        nodes.tell(handle, SignalText.REGISTERED);
        return registered();
    }
}
