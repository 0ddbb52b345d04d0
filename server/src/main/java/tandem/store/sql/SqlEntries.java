package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Entry;
import tandem.model.RowId;
import tandem.oauth.Sealed;
import tandem.store.Entries;

/// Table `entry`.
final class SqlEntries implements Entries {

    private static final String COLUMNS =
            "id, session, device_authorization, code, entered_at, confirmed_at, declined_at ";

    private final Handle handle;

    SqlEntries(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            """
            INSERT INTO entry
                (id, session, device_authorization, code, entered_at, confirmed_at, declined_at)
            VALUES
                (:id, :session, :device_authorization, :code, :entered_at, :confirmed_at,
                 :declined_at)
            """;

    @Override
    public void add(Entry entry) {
        bind(handle.createUpdate(ADD), entry).execute();
    }

    private static final String SAVE =
            """
            UPDATE entry
            SET session = :session, device_authorization = :device_authorization, code = :code,
                entered_at = :entered_at, confirmed_at = :confirmed_at, declined_at = :declined_at
            WHERE id = :id
            """;

    @Override
    public void save(Entry entry) {
        bind(handle.createUpdate(SAVE), entry).execute();
    }

    private static final String BY_ID = "SELECT " + COLUMNS + "FROM entry WHERE id = :id";

    @Override
    public Optional<Entry> byId(String id) {
        return handle.createQuery(BY_ID).bind("id", id).map(SqlEntries::read).findFirst();
    }

    private static final String BY_SESSION =
            "SELECT "
                    + COLUMNS
                    + """
                    FROM entry
                    WHERE session = :session AND device_authorization = :device_authorization
                    ORDER BY seq DESC LIMIT 1
                    """;

    @Override
    public Optional<Entry> bySession(String session, RowId deviceAuthorization) {
        return handle.createQuery(BY_SESSION)
                .bind("session", session)
                .bind("device_authorization", deviceAuthorization)
                .map(SqlEntries::read)
                .findFirst();
    }

    private static final String SWEEP =
            """
            DELETE FROM entry
            WHERE seq IN (
                SELECT seq FROM entry WHERE entered_at < :cutoff ORDER BY entered_at LIMIT :limit)
            """;

    @Override
    public int sweep(Instant cutoff, int limit) {
        return handle.createUpdate(SWEEP).bind("cutoff", cutoff).bind("limit", limit).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Entry entry) {
        return statement
                .bind("id", entry.id())
                .bind("session", entry.session())
                .bind("device_authorization", entry.deviceAuthorization())
                .bind("code", entry.code())
                .bind("entered_at", entry.enteredAt())
                .bind("confirmed_at", entry.confirmedAt())
                .bind("declined_at", entry.declinedAt());
    }

    private static Entry read(ResultSet row, StatementContext context) throws SQLException {
        return new Entry(
                row.getString("id"),
                row.getString("session"),
                new RowId(row.getLong("device_authorization")),
                new Sealed(row.getString("code")),
                Rows.instant(row, "entered_at"),
                Rows.instantIfAny(row, "confirmed_at"),
                Rows.instantIfAny(row, "declined_at"));
    }
}
