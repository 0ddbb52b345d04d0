package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Link;
import tandem.model.RowId;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;
import tandem.store.Links;
import tandem.store.Page;

/// Table `link`. `over_at` is when a link ended or, if nothing happens, will have run out: what is
/// live and what can be forgotten are then one comparison.
final class SqlLinks implements Links {

    private static final String COLUMNS =
            """
            id, device_authorization, user_id, client, apis, scopes, details, key_thumbprint,
            authenticated_at, amr, device_name, first_at, first_address, first_agent, last_at, last_address, last_agent,
            expires_at, generation, current_token, previous_token, rotated_at, idle_until,
            replayed_at, replayed_address, replayed_agent, ended_by, ended_at
            """;

    private final Handle handle;

    SqlLinks(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            """
            INSERT INTO link
                (id, device_authorization, user_id, client, apis, scopes, details, key_thumbprint,
                 authenticated_at, amr, device_name, first_at, first_address, first_agent, last_at, last_address,
                 last_agent, expires_at, generation, current_token, previous_token, rotated_at,
                 idle_until, ended_by, ended_at, over_at, epoch)
            VALUES
                (:id, :device_authorization, :user_id, :client, :apis, :scopes, :details,
                 :key_thumbprint, :authenticated_at, :amr, :device_name, :first_at, :first_address, :first_agent, :last_at,
                 :last_address, :last_agent, :expires_at, :generation, :current_token,
                 :previous_token, :rotated_at, :idle_until, :ended_by, :ended_at, :over_at,
                 (SELECT number FROM epoch))
            ON CONFLICT DO NOTHING
            """;

    @Override
    public void add(Link link) {
        var adding =
                handle.createUpdate(ADD)
                        .bind("id", link.id())
                        .bind("device_authorization", link.deviceAuthorization())
                        .bind("user_id", link.userId())
                        .bind("client", link.client())
                        .bind("apis", Rows.joinedIfAny(link.access().apis()))
                        .bind("scopes", link.scopes())
                        .bind("details", link.access().details())
                        .bind("key_thumbprint", link.key())
                        .bind("authenticated_at", link.authentication().at())
                        .bind("amr", Rows.joined(link.authentication().amr()))
                        .bind("device_name", link.deviceName())
                        .bind("first_at", link.first().at())
                        .bind("first_address", link.first().origin().address())
                        .bind("first_agent", link.first().origin().agent())
                        .bind("expires_at", link.expiresAt())
                        .bind("ended_by", link.ended().map(Link.Ended::by))
                        .bind("ended_at", link.ended().map(Link.Ended::at));
        bindLast(adding, link.last());
        bindRefresh(adding, link);
        if (adding.execute() == 0) {
            throw new IllegalStateException("the device authorization has a link already");
        }
    }

    private static final String BY_ID = "SELECT " + COLUMNS + "FROM link WHERE id = :id";

    @Override
    public Optional<Link> byId(String id) {
        return handle.createQuery(BY_ID).bind("id", id).map(SqlLinks::read).findFirst();
    }

    private static final String ROTATE =
            """
            UPDATE link
            SET generation = :generation, current_token = :current_token,
                previous_token = :previous_token, rotated_at = :rotated_at,
                idle_until = :idle_until, over_at = :over_at,
                last_at = :last_at, last_address = :last_address, last_agent = :last_agent
            WHERE id = :id AND generation = :before AND ended_at IS NULL
            """;

    @Override
    public boolean rotate(Link before, Link next) {
        return rotate(ROTATE, before, next);
    }

    private boolean rotate(String statement, Link before, Link next) {
        var rotating =
                handle.createUpdate(statement)
                        .bind("id", before.id())
                        .bind("before", before.refresh().map(Link.Refresh::generation));
        bindLast(rotating, next.last());
        bindRefresh(rotating, next);
        return rotating.execute() == 1;
    }

    private static final String BEHIND =
            "SELECT count(*) FROM link WHERE id = :id AND epoch < (SELECT number FROM epoch)";

    @Override
    public boolean behind(String id) {
        return handle.createQuery(BEHIND).bind("id", id).mapTo(Long.class).one() == 1;
    }

    private static final String MOVE_ON =
            ROTATE.replace("SET ", "SET epoch = (SELECT number FROM epoch), ").strip()
                    + " AND epoch < (SELECT number FROM epoch)";

    @Override
    public boolean moveOn(Link before, Link next) {
        return rotate(MOVE_ON, before, next);
    }

    private static final String END =
            """
            UPDATE link SET ended_by = :ended_by, ended_at = :ended_at, over_at = :ended_at
            WHERE id = :id AND ended_at IS NULL
            """;

    @Override
    public boolean end(String id, Link.By by, Instant at) {
        return handle.createUpdate(END)
                        .bind("id", id)
                        .bind("ended_by", by)
                        .bind("ended_at", at)
                        .execute()
                == 1;
    }

    private static final String REPLAY =
            """
            UPDATE link
            SET replayed_at = :last_at, replayed_address = :last_address,
                replayed_agent = :last_agent, last_at = :last_at, last_address = :last_address,
                last_agent = :last_agent
            WHERE id = :id AND replayed_at IS NULL AND ended_at IS NULL
                AND (generation IS NULL OR generation = 1)
            """;

    @Override
    public boolean replay(String id, Link.Seen seen) {
        return bindLast(handle.createUpdate(REPLAY).bind("id", id), seen).execute() == 1;
    }

    private static final String RENAME = "UPDATE link SET device_name = :name WHERE id = :id";

    @Override
    public boolean rename(String id, String deviceName) {
        return handle.createUpdate(RENAME).bind("id", id).bind("name", deviceName).execute() == 1;
    }

    private static final String SEEN =
            """
            UPDATE link SET last_at = :last_at, last_address = :last_address, last_agent = :last_agent
            WHERE id = :id
            """;

    @Override
    public void seen(String id, Link.Seen seen) {
        bindLast(handle.createUpdate(SEEN).bind("id", id), seen).execute();
    }

    @Override
    public List<Link> live(Filter filter, Instant now, Page page) {
        var sql =
                "SELECT "
                        + COLUMNS
                        + "FROM link WHERE ended_at IS NULL AND over_at > :now"
                        + where(filter)
                        + " ORDER BY seq DESC LIMIT :limit OFFSET :offset";
        return bind(handle.createQuery(sql), filter)
                .bind("now", now)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(SqlLinks::read)
                .list();
    }

    @Override
    public long countLive(Filter filter, Instant now) {
        var sql =
                "SELECT count(*) FROM link WHERE ended_at IS NULL AND over_at > :now"
                        + where(filter);
        return bind(handle.createQuery(sql), filter).bind("now", now).mapTo(Long.class).one();
    }

    private static final String SWEEP =
            """
            DELETE FROM link
            WHERE seq IN (
                SELECT seq FROM link WHERE over_at < :cutoff ORDER BY over_at LIMIT :limit)
            """;

    @Override
    public int sweep(Instant cutoff, int limit) {
        return handle.createUpdate(SWEEP).bind("cutoff", cutoff).bind("limit", limit).execute();
    }

    /// The conditions of a filter. Only those that are asked for, so that each finds its index.
    private static String where(Filter filter) {
        return (filter.userId().isPresent() ? " AND user_id = :user_id" : "")
                + (filter.client().isPresent() ? " AND client = :client" : "");
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Filter filter) {
        filter.userId().ifPresent(id -> statement.bind("user_id", id));
        filter.client().ifPresent(id -> statement.bind("client", id));
        return statement;
    }

    private static <S extends SqlStatement<S>> S bindLast(S statement, Link.Seen seen) {
        return statement
                .bind("last_at", seen.at())
                .bind("last_address", seen.origin().address())
                .bind("last_agent", seen.origin().agent());
    }

    private static <S extends SqlStatement<S>> void bindRefresh(S statement, Link link) {
        var refresh = link.refresh();
        statement
                .bind("generation", refresh.map(Link.Refresh::generation))
                .bind("current_token", refresh.map(Link.Refresh::current))
                .bind("previous_token", refresh.flatMap(Link.Refresh::previous))
                .bind("rotated_at", refresh.map(Link.Refresh::rotatedAt))
                .bind("idle_until", refresh.map(Link.Refresh::idleUntil))
                .bind("over_at", link.overAt());
    }

    private static Link read(ResultSet row, StatementContext context) throws SQLException {
        return new Link(
                row.getString("id"),
                new RowId(row.getLong("device_authorization")),
                row.getString("user_id"),
                new ClientId(row.getString("client")),
                Rows.access(row),
                Rows.textIfAny(row, "key_thumbprint"),
                Rows.authentication(row),
                row.getString("device_name"),
                new Link.Seen(Rows.instant(row, "first_at"), Rows.origin(row, "first_")),
                new Link.Seen(Rows.instant(row, "last_at"), Rows.origin(row, "last_")),
                Rows.instant(row, "expires_at"),
                readRefresh(row),
                readReplayed(row),
                readEnded(row));
    }

    private static Optional<Link.Refresh> readRefresh(ResultSet row) throws SQLException {
        int generation = row.getInt("generation");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(
                new Link.Refresh(
                        generation,
                        new SecretHash(row.getString("current_token")),
                        Rows.textIfAny(row, "previous_token").map(SecretHash::new),
                        Rows.instant(row, "rotated_at"),
                        Rows.instant(row, "idle_until")));
    }

    private static Optional<Link.Seen> readReplayed(ResultSet row) throws SQLException {
        var at = Rows.instantIfAny(row, "replayed_at");
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Link.Seen(at.get(), Rows.origin(row, "replayed_")));
    }

    private static Optional<Link.Ended> readEnded(ResultSet row) throws SQLException {
        if (row.getString("ended_by") == null) {
            return Optional.empty();
        }
        var by = Rows.word(row, "ended_by", Link.By.class);
        return Optional.of(new Link.Ended(by, Rows.instant(row, "ended_at")));
    }
}
