package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.ClientGrant;
import tandem.model.Connection;
import tandem.model.Registered;
import tandem.model.Tenant;
import tandem.oauth.ClientId;
import tandem.oauth.Sealed;
import tandem.oauth.SecretHash;
import tandem.store.Documents;
import tandem.store.Registry;

/// The tables of what is registered: a document each, read whole. They are small and change seldom,
/// so a column per member would buy nothing; only secrets have columns of their own.
final class RegisteredTables implements Registry {

    private final Handle handle;
    private final Map<String, Api> builtIn;
    private int changes;

    RegisteredTables(Handle handle, Map<String, Api> builtIn) {
        this.handle = handle;
        this.builtIn = builtIn;
    }

    /// How many changes were made through this object.
    int changes() {
        return changes;
    }

    long revision() {
        return handle.createQuery("SELECT number FROM revision").mapTo(Long.class).one();
    }

    Registered load() {
        var apis = new ArrayList<Api>(builtIn.values());
        apis().stream().filter(api -> !builtIn.containsKey(api.identifier())).forEach(apis::add);
        return Registered.of(revision(), tenant(), clients(), apis, clientGrants(), connections());
    }

    private Tenant tenant() {
        return handle.createQuery("SELECT document FROM tenant")
                .map((row, context) -> Documents.tenant(Documents.parse(row.getString(1))))
                .findFirst()
                .orElse(Tenant.STANDARD);
    }

    private List<Api> apis() {
        return handle.createQuery("SELECT document FROM api ORDER BY position")
                .map((row, context) -> Documents.api(Documents.parse(row.getString(1))))
                .list();
    }

    private List<Client> clients() {
        return handle.createQuery("SELECT secret, document FROM client ORDER BY position")
                .map(RegisteredTables::readClient)
                .list();
    }

    private List<ClientGrant> clientGrants() {
        return handle.createQuery("SELECT document FROM client_grant ORDER BY position")
                .map((row, context) -> Documents.clientGrant(Documents.parse(row.getString(1))))
                .list();
    }

    private List<Connection> connections() {
        return handle.createQuery("SELECT secret, document FROM connection ORDER BY position")
                .map(RegisteredTables::readConnection)
                .list();
    }

    private static Client readClient(ResultSet row, StatementContext context) throws SQLException {
        var secret = Rows.textIfAny(row, "secret").map(SecretHash::new);
        return Documents.client(Documents.parse(row.getString("document")), secret);
    }

    private static Connection readConnection(ResultSet row, StatementContext context)
            throws SQLException {
        var secret = Rows.textIfAny(row, "secret").map(Sealed::new);
        return Documents.connection(Documents.parse(row.getString("document")), secret);
    }

    private static final String PUT_TENANT =
            """
            INSERT INTO tenant (id, document) VALUES (1, :document)
            ON CONFLICT (id) DO UPDATE SET document = excluded.document
            """;

    @Override
    public void put(Tenant tenant) {
        handle.createUpdate(PUT_TENANT)
                .bind("document", Documents.text(Documents.tree(tenant)))
                .execute();
        raiseRevision();
    }

    // What is there already keeps its place in the operator's order.
    private static final String PUT_CLIENT =
            """
            INSERT INTO client (client_id, position, secret, document)
            VALUES (:client_id, (SELECT coalesce(max(position), 0) + 1 FROM client), :secret,
                :document)
            ON CONFLICT (client_id) DO UPDATE
            SET secret = excluded.secret, document = excluded.document
            """;

    @Override
    public void put(Client client) {
        handle.createUpdate(PUT_CLIENT)
                .bind("client_id", client.id())
                .bind("secret", client.secret())
                .bind("document", Documents.text(Documents.tree(client)))
                .execute();
        raiseRevision();
    }

    private static final String PUT_API =
            """
            INSERT INTO api (identifier, position, document)
            VALUES (:identifier, (SELECT coalesce(max(position), 0) + 1 FROM api), :document)
            ON CONFLICT (identifier) DO UPDATE SET document = excluded.document
            """;

    @Override
    public void put(Api api) {
        if (builtIn.containsKey(api.identifier())) {
            throw new IllegalArgumentException("a built-in API cannot be changed");
        }
        handle.createUpdate(PUT_API)
                .bind("identifier", api.identifier())
                .bind("document", Documents.text(Documents.tree(api)))
                .execute();
        raiseRevision();
    }

    private static final String PUT_CLIENT_GRANT =
            """
            INSERT INTO client_grant (client_id, audience, id, position, document)
            VALUES (:client_id, :audience, :id,
                (SELECT coalesce(max(position), 0) + 1 FROM client_grant), :document)
            ON CONFLICT (client_id, audience) DO UPDATE
            SET id = excluded.id, document = excluded.document
            """;

    @Override
    public void put(ClientGrant grant) {
        handle.createUpdate(PUT_CLIENT_GRANT)
                .bind("client_id", grant.client())
                .bind("audience", grant.audience())
                .bind("id", grant.id())
                .bind("document", Documents.text(Documents.tree(grant)))
                .execute();
        raiseRevision();
    }

    private static final String PUT_CONNECTION =
            """
            INSERT INTO connection (name, position, secret, document)
            VALUES (:name, (SELECT coalesce(max(position), 0) + 1 FROM connection), :secret,
                :document)
            ON CONFLICT (name) DO UPDATE
            SET secret = excluded.secret, document = excluded.document
            """;

    @Override
    public void put(Connection connection) {
        handle.createUpdate(PUT_CONNECTION)
                .bind("name", connection.name())
                .bind("secret", connection.provider().map(Connection.Provider::clientSecret))
                .bind("document", Documents.text(Documents.tree(connection)))
                .execute();
        raiseRevision();
    }

    @Override
    public boolean removeClient(ClientId id) {
        remove("DELETE FROM client_grant WHERE client_id = :key", id.value());
        return remove("DELETE FROM client WHERE client_id = :key", id.value());
    }

    @Override
    public boolean removeApi(String identifier) {
        if (builtIn.containsKey(identifier)) {
            return false;
        }
        remove("DELETE FROM client_grant WHERE audience = :key", identifier);
        return remove("DELETE FROM api WHERE identifier = :key", identifier);
    }

    @Override
    public boolean removeClientGrant(String id) {
        return remove("DELETE FROM client_grant WHERE id = :key", id);
    }

    @Override
    public boolean removeConnection(String name) {
        return remove("DELETE FROM connection WHERE name = :key", name);
    }

    @Override
    public Optional<SecretHash> applied(String name) {
        return handle.createQuery("SELECT fingerprint FROM applied WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> new SecretHash(row.getString(1)))
                .findFirst();
    }

    private static final String PUT_APPLIED =
            """
            INSERT INTO applied (name, fingerprint) VALUES (:name, :fingerprint)
            ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint
            """;

    @Override
    public void applied(String name, SecretHash fingerprint) {
        handle.createUpdate(PUT_APPLIED)
                .bind("name", name)
                .bind("fingerprint", fingerprint)
                .execute();
    }

    private boolean remove(String sql, String key) {
        boolean removed = handle.createUpdate(sql).bind("key", key).execute() > 0;
        if (removed) {
            raiseRevision();
        }
        return removed;
    }

    private void raiseRevision() {
        changes++;
        handle.createUpdate("UPDATE revision SET number = number + 1").execute();
    }
}
