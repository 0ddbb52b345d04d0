package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Consent;
import tandem.oauth.ClientId;
import tandem.store.Consents;
import tandem.store.Page;

/// Table `consent`. Giving is idempotent: two first consents at once leave one row.
final class SqlConsents implements Consents {

    private static final String COLUMNS = "id, user_id, client, api, scopes, given_at ";

    private final Handle handle;

    SqlConsents(Handle handle) {
        this.handle = handle;
    }

    private static final String FIND =
            "SELECT "
                    + COLUMNS
                    + "FROM consent WHERE user_id = :user_id AND client = :client AND api = :api";

    @Override
    public Optional<Consent> find(String userId, ClientId client, String api) {
        return handle.createQuery(FIND)
                .bind("user_id", userId)
                .bind("client", client)
                .bind("api", api)
                .map(SqlConsents::read)
                .findFirst();
    }

    private static final String PUT =
            """
            INSERT INTO consent (id, user_id, client, api, scopes, given_at)
            VALUES (:id, :user_id, :client, :api, :scopes, :given_at)
            ON CONFLICT (user_id, client, api) DO UPDATE
            SET id = excluded.id, scopes = excluded.scopes, given_at = excluded.given_at
            """;

    @Override
    public void put(Consent consent) {
        handle.createUpdate(PUT)
                .bind("id", consent.id())
                .bind("user_id", consent.userId())
                .bind("client", consent.client())
                .bind("api", consent.api())
                .bind("scopes", consent.scopes())
                .bind("given_at", consent.givenAt())
                .execute();
    }

    private static final String BY_ID = "SELECT " + COLUMNS + "FROM consent WHERE id = :id";

    @Override
    public Optional<Consent> byId(String id) {
        return handle.createQuery(BY_ID).bind("id", id).map(SqlConsents::read).findFirst();
    }

    private static final String REMOVE = "DELETE FROM consent WHERE id = :id";

    @Override
    public boolean remove(String id) {
        return handle.createUpdate(REMOVE).bind("id", id).execute() == 1;
    }

    @Override
    public List<Consent> page(Optional<String> userId, Optional<ClientId> client, Page page) {
        var sql =
                "SELECT "
                        + COLUMNS
                        + "FROM consent WHERE seq > 0"
                        + where(userId, client)
                        + " ORDER BY seq LIMIT :limit OFFSET :offset";
        return bind(handle.createQuery(sql), userId, client)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(SqlConsents::read)
                .list();
    }

    @Override
    public long count(Optional<String> userId, Optional<ClientId> client) {
        var sql = "SELECT count(*) FROM consent WHERE seq > 0" + where(userId, client);
        return bind(handle.createQuery(sql), userId, client).mapTo(Long.class).one();
    }

    private static String where(Optional<String> userId, Optional<ClientId> client) {
        return (userId.isPresent() ? " AND user_id = :user_id" : "")
                + (client.isPresent() ? " AND client = :client" : "");
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, Optional<String> userId, Optional<ClientId> client) {
        userId.ifPresent(id -> statement.bind("user_id", id));
        client.ifPresent(id -> statement.bind("client", id));
        return statement;
    }

    private static Consent read(ResultSet row, StatementContext context) throws SQLException {
        return new Consent(
                row.getString("id"),
                row.getString("user_id"),
                new ClientId(row.getString("client")),
                row.getString("api"),
                Rows.scopes(row, "scopes"),
                Rows.instant(row, "given_at"));
    }
}
