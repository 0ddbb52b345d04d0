package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Session;
import tandem.model.Session.SignedIn;
import tandem.oauth.SecretHash;
import tandem.store.Sessions;

/// Table `session`. `over_at` is when a session's time is over if it is not used again.
final class SqlSessions implements Sessions {

    /// More browsers than one person signs in with.
    private static final int LISTED_MAX = 200;

    private static final String COLUMNS =
            """
            id, token, user_id, connection, authenticated_at, amr, created_at, used_at,
            origin_address, origin_agent
            """;

    private final Handle handle;

    SqlSessions(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            """
            INSERT INTO session
                (id, token, user_id, connection, authenticated_at, amr, created_at, used_at,
                 over_at, origin_address, origin_agent)
            VALUES
                (:id, :token, :user_id, :connection, :authenticated_at, :amr, :created_at,
                 :used_at, :over_at, :origin_address, :origin_agent)
            """;

    @Override
    public void add(Session session) {
        bind(handle.createUpdate(ADD), session).execute();
    }

    private static final String BY_TOKEN =
            "SELECT " + COLUMNS + "FROM session WHERE token = :token";

    @Override
    public Optional<Session> byToken(SecretHash token) {
        return handle.createQuery(BY_TOKEN).bind("token", token).map(SqlSessions::read).findFirst();
    }

    private static final String BY_ID = "SELECT " + COLUMNS + "FROM session WHERE id = :id";

    @Override
    public Optional<Session> byId(String id) {
        return handle.createQuery(BY_ID).bind("id", id).map(SqlSessions::read).findFirst();
    }

    private static final String SAVE =
            """
            UPDATE session
            SET token = :token, user_id = :user_id, connection = :connection,
                authenticated_at = :authenticated_at, amr = :amr, created_at = :created_at,
                used_at = :used_at, over_at = :over_at,
                origin_address = :origin_address, origin_agent = :origin_agent
            WHERE id = :id
            """;

    @Override
    public void save(Session session) {
        bind(handle.createUpdate(SAVE), session).execute();
    }

    private static final String OF_USER =
            "SELECT "
                    + COLUMNS
                    + """
                    FROM session WHERE user_id = :user_id
                    ORDER BY used_at DESC, seq DESC LIMIT :limit
                    """;

    @Override
    public List<Session> of(String userId) {
        return handle.createQuery(OF_USER)
                .bind("user_id", userId)
                .bind("limit", LISTED_MAX)
                .map(SqlSessions::read)
                .list();
    }

    private static final String REMOVE = "DELETE FROM session WHERE id = :id";

    @Override
    public boolean remove(String id) {
        return handle.createUpdate(REMOVE).bind("id", id).execute() == 1;
    }

    private static final String REMOVE_ALL_OF = "DELETE FROM session WHERE user_id = :user_id";

    @Override
    public void removeAllOf(String userId) {
        handle.createUpdate(REMOVE_ALL_OF).bind("user_id", userId).execute();
    }

    private static final String SWEEP =
            """
            DELETE FROM session
            WHERE seq IN (
                SELECT seq FROM session WHERE over_at <= :now ORDER BY over_at LIMIT :limit)
            """;

    @Override
    public int sweep(Instant now, int limit) {
        return handle.createUpdate(SWEEP).bind("now", now).bind("limit", limit).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Session session) {
        var signedIn = session.signedIn();
        return statement
                .bind("id", session.id())
                .bind("token", session.token())
                .bind("user_id", signedIn.map(SignedIn::userId))
                .bind("connection", signedIn.map(SignedIn::connection))
                .bind("authenticated_at", signedIn.map(in -> in.authentication().at()))
                .bind("amr", signedIn.map(in -> Rows.joined(in.authentication().amr())))
                .bind("created_at", session.createdAt())
                .bind("used_at", session.usedAt())
                .bind("over_at", session.overAt())
                .bind("origin_address", session.origin().address())
                .bind("origin_agent", session.origin().agent());
    }

    private static Session read(ResultSet row, StatementContext context) throws SQLException {
        var signedIn =
                row.getString("user_id") == null
                        ? Optional.<SignedIn>empty()
                        : Optional.of(
                                new SignedIn(
                                        row.getString("user_id"),
                                        row.getString("connection"),
                                        Rows.authentication(row)));
        return new Session(
                row.getString("id"),
                new SecretHash(row.getString("token")),
                signedIn,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "used_at"),
                Rows.origin(row, "origin_"));
    }
}
