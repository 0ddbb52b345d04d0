package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.SigningAlgorithm;
import tandem.model.SigningKey;
import tandem.oauth.Sealed;
import tandem.store.SigningKeys;

/// Table `signing_key`. A partial unique index keeps one next and one current key per algorithm, so
/// a current key is retired before the next one takes its place.
final class SqlSigningKeys implements SigningKeys {

    private final Handle handle;

    SqlSigningKeys(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            """
            INSERT INTO signing_key
                (kid, algorithm, state, public_jwk, private_jwk, created_at, retired_until)
            VALUES
                (:kid, :algorithm, :state, :public_jwk, :private_jwk, :created_at, :retired_until)
            ON CONFLICT DO NOTHING
            """;

    @Override
    public boolean add(SigningKey key) {
        return bind(handle.createUpdate(ADD), key).execute() == 1;
    }

    private static final String SAVE =
            """
            UPDATE signing_key
            SET algorithm = :algorithm, state = :state, public_jwk = :public_jwk,
                private_jwk = :private_jwk, created_at = :created_at,
                retired_until = :retired_until
            WHERE kid = :kid
            """;

    @Override
    public void save(SigningKey key) {
        bind(handle.createUpdate(SAVE), key).execute();
    }

    // Bounded by rotation: a handful of keys, retired ones swept.
    private static final String ALL =
            """
            SELECT kid, algorithm, state, public_jwk, private_jwk, created_at, retired_until
            FROM signing_key ORDER BY seq
            """;

    @Override
    public List<SigningKey> all() {
        return handle.createQuery(ALL).map(SqlSigningKeys::read).list();
    }

    private static final String SWEEP = "DELETE FROM signing_key WHERE retired_until <= :now";

    @Override
    public int sweep(Instant now) {
        return handle.createUpdate(SWEEP).bind("now", now).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, SigningKey key) {
        return statement
                .bind("kid", key.kid())
                .bind("algorithm", key.algorithm())
                .bind("state", key.state())
                .bind("public_jwk", key.publicJwk())
                .bind("private_jwk", key.privateJwk())
                .bind("created_at", key.createdAt())
                .bind("retired_until", key.retiredUntil());
    }

    private static SigningKey read(ResultSet row, StatementContext context) throws SQLException {
        return new SigningKey(
                row.getString("kid"),
                algorithm(row.getString("algorithm")),
                Rows.word(row, "state", SigningKey.State.class),
                row.getString("public_jwk"),
                new Sealed(row.getString("private_jwk")),
                Rows.instant(row, "created_at"),
                Rows.instantIfAny(row, "retired_until"));
    }

    private static SigningAlgorithm algorithm(String wire) throws SQLException {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(algorithm -> algorithm.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> new SQLException("unknown algorithm: " + wire));
    }
}
