package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Trip;
import tandem.oauth.Sealed;
import tandem.oauth.SecretHash;
import tandem.store.Trips;

/// Table `trip`.
final class SqlTrips implements Trips {

    private final Handle handle;

    SqlTrips(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            """
            INSERT INTO trip (state, session, connection, entry, secrets, started_at)
            VALUES (:state, :session, :connection, :entry, :secrets, :started_at)
            """;

    @Override
    public void add(Trip trip) {
        handle.createUpdate(ADD)
                .bind("state", trip.state())
                .bind("session", trip.session())
                .bind("connection", trip.connection())
                .bind("entry", trip.entry())
                .bind("secrets", trip.secrets())
                .bind("started_at", trip.startedAt())
                .execute();
    }

    private static final String TAKE =
            """
            DELETE FROM trip WHERE state = :state
            RETURNING state, session, connection, entry, secrets, started_at
            """;

    @Override
    public Optional<Trip> take(SecretHash state) {
        return handle.createQuery(TAKE).bind("state", state).map(SqlTrips::read).findOne();
    }

    private static final String SWEEP =
            """
            DELETE FROM trip
            WHERE seq IN (
                SELECT seq FROM trip WHERE started_at < :cutoff ORDER BY started_at LIMIT :limit)
            """;

    @Override
    public int sweep(Instant cutoff, int limit) {
        return handle.createUpdate(SWEEP).bind("cutoff", cutoff).bind("limit", limit).execute();
    }

    private static Trip read(ResultSet row, StatementContext context) throws SQLException {
        return new Trip(
                new SecretHash(row.getString("state")),
                row.getString("session"),
                row.getString("connection"),
                Rows.textIfAny(row, "entry"),
                new Sealed(row.getString("secrets")),
                Rows.instant(row, "started_at"));
    }
}
