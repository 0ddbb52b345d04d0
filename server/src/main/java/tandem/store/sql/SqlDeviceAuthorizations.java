package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Approval;
import tandem.model.Binding;
import tandem.model.DeviceAuthorization;
import tandem.model.DeviceAuthorization.Request;
import tandem.model.DeviceAuthorization.State;
import tandem.model.DeviceFacts;
import tandem.model.RowId;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;
import tandem.store.DeviceAuthorizations;

/// Table `device_authorization`. Every change of state is one conditional update: of two that come
/// at once, the second finds the state changed and answers false.
final class SqlDeviceAuthorizations implements DeviceAuthorizations {

    private static final int FETCH_SIZE = 1_000;

    private static final String COLUMNS =
            """
            id, device_code, user_code, client, scopes, apis, details, code_challenge,
            key_thumbprint, login_hint, asked_at, expires_at, expiry_told, origin_address,
            origin_agent, device_name, device_model, ui_locales, wrong_verifiers, state, user_id, granted,
            authenticated_at, amr, decided_at, link, redeemed_at
            """;

    private final Handle handle;

    private final Nodes nodes;

    SqlDeviceAuthorizations(Handle handle, Nodes nodes) {
        this.handle = handle;
        this.nodes = nodes;
    }

    private static final String ADD =
            """
            INSERT INTO device_authorization
                (id, device_code, user_code, client, scopes, apis, details, code_challenge,
                 key_thumbprint, login_hint, asked_at, expires_at, origin_address, origin_agent,
                 device_name, device_model, ui_locales, state)
            VALUES
                (:id, :device_code, :user_code, :client, :scopes, :apis, :details,
                 :code_challenge, :key_thumbprint, :login_hint, :asked_at, :expires_at,
                 :origin_address, :origin_agent, :device_name, :device_model, :ui_locales,
                 'pending')
            ON CONFLICT DO NOTHING
            """;

    @Override
    public boolean add(DeviceAuthorization asked) {
        if (!(asked.state() instanceof State.Pending)) {
            throw new IllegalArgumentException("a device authorization begins pending");
        }
        return handle.createUpdate(ADD)
                        .bind("id", asked.id())
                        .bind("device_code", asked.deviceCode())
                        .bind("user_code", asked.userCode())
                        .bind("client", asked.client())
                        .bind("scopes", asked.requested())
                        .bind("apis", Rows.joinedIfAny(asked.access().apis()))
                        .bind("details", asked.access().details())
                        .bind("code_challenge", asked.binding().codeChallenge())
                        .bind("key_thumbprint", asked.binding().key())
                        .bind("login_hint", asked.binding().loginHint())
                        .bind("asked_at", asked.askedAt())
                        .bind("expires_at", asked.expiresAt())
                        .bind("origin_address", asked.origin().address())
                        .bind("origin_agent", asked.origin().agent())
                        .bind("device_name", asked.device().name())
                        .bind("device_model", asked.device().model())
                        .bind("ui_locales", asked.device().uiLocales())
                        .execute()
                == 1;
    }

    private static final String BY_ID =
            "SELECT " + COLUMNS + " FROM device_authorization WHERE id = :id";

    @Override
    public Optional<DeviceAuthorization> byId(RowId id) {
        return handle.createQuery(BY_ID)
                .bind("id", id)
                .map(SqlDeviceAuthorizations::read)
                .findFirst();
    }

    private static final String BY_DEVICE_CODE =
            "SELECT " + COLUMNS + " FROM device_authorization WHERE device_code = :device_code";

    @Override
    public Optional<DeviceAuthorization> byDeviceCode(SecretHash deviceCode) {
        return handle.createQuery(BY_DEVICE_CODE)
                .bind("device_code", deviceCode)
                .map(SqlDeviceAuthorizations::read)
                .findFirst();
    }

    private static final String BY_USER_CODE =
            "SELECT " + COLUMNS + " FROM device_authorization WHERE user_code = :user_code";

    @Override
    public Optional<DeviceAuthorization> byUserCode(List<SecretHash> userCodes) {
        return userCodes.stream().flatMap(code -> byUserCode(code).stream()).findFirst();
    }

    private Optional<DeviceAuthorization> byUserCode(SecretHash userCode) {
        return handle.createQuery(BY_USER_CODE)
                .bind("user_code", userCode)
                .map(SqlDeviceAuthorizations::read)
                .findFirst();
    }

    private static final String APPROVE =
            """
            UPDATE device_authorization
            SET state = 'approved', user_id = :user_id, granted = :granted,
                authenticated_at = :authenticated_at, amr = :amr, decided_at = :decided_at
            WHERE id = :id AND state = 'pending' AND expires_at > :now AND expiry_told = 0
            """;

    @Override
    public boolean approve(RowId id, Approval approval, Instant now) {
        return handle.createUpdate(APPROVE)
                        .bind("id", id)
                        .bind("now", now)
                        .bind("user_id", approval.userId())
                        .bind("granted", approval.granted())
                        .bind("authenticated_at", approval.authentication().at())
                        .bind("amr", Rows.joined(approval.authentication().amr()))
                        .bind("decided_at", approval.at())
                        .execute()
                == 1;
    }

    private static final String DENY =
            """
            UPDATE device_authorization SET state = 'denied', decided_at = :now
            WHERE id = :id AND state = 'pending' AND expires_at > :now AND expiry_told = 0
            """;

    @Override
    public boolean deny(RowId id, Instant now) {
        return handle.createUpdate(DENY).bind("id", id).bind("now", now).execute() == 1;
    }

    private static final String WRONG_VERIFIER =
            """
            UPDATE device_authorization SET wrong_verifiers = wrong_verifiers + 1
            WHERE id = :id AND state = 'approved'
            """;

    @Override
    public void wrongVerifier(RowId id) {
        handle.createUpdate(WRONG_VERIFIER).bind("id", id).execute();
    }

    private static final String REDEEM =
            """
            UPDATE device_authorization SET state = 'redeemed', link = :link, redeemed_at = :now
            WHERE id = :id AND state = 'approved' AND expires_at > :now AND expiry_told = 0
            """;

    @Override
    public boolean redeem(RowId id, String link, Instant now) {
        return handle.createUpdate(REDEEM)
                        .bind("id", id)
                        .bind("link", link)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static final String TELL_EXPIRY =
            """
            UPDATE device_authorization SET expiry_told = 1
            WHERE id = :id AND state <> 'redeemed' AND expiry_told = 0
            RETURNING state
            """;

    @Override
    public boolean tellExpiry(RowId id) {
        return handle.createQuery(TELL_EXPIRY)
                .bind("id", id)
                .mapTo(String.class)
                .findFirst()
                .filter("pending"::equals)
                .isPresent();
    }

    private static final String LIVE =
            """
            SELECT device_code, client, expires_at, state = 'pending' AND expiry_told = 0 AS pending
            FROM device_authorization
            WHERE expires_at > :now
            """;

    @Override
    public void forEachLive(Instant now, Consumer<Live> each) {
        handle.createQuery(LIVE)
                .bind("now", now)
                .setFetchSize(FETCH_SIZE)
                .map((row, context) -> readLive(row))
                .useIterator(rows -> rows.forEachRemaining(each));
    }

    @Override
    public Map<ClientId, Long> countLive(Instant now) {
        return handle.createQuery(nodes.countLive())
                .bind("now", now)
                .reduceRows(
                        new HashMap<>(),
                        (counts, row) -> {
                            counts.put(
                                    new ClientId(row.getColumn("client", String.class)),
                                    row.getColumn("live", Long.class));
                            return counts;
                        });
    }

    // Taken by key from an ordered slice: neither database bounds an UPDATE or DELETE by itself.
    // Twice the state is asked for: a person may decide while the row is waited for.
    private static final String TAKE_EXPIRED =
            """
            UPDATE device_authorization SET expiry_told = 1
            WHERE id IN (
                SELECT id FROM device_authorization
                WHERE state = 'pending' AND expiry_told = 0
                    AND expires_at >= :from AND expires_at <= :now
                ORDER BY expires_at LIMIT :limit)
                AND state = 'pending' AND expiry_told = 0
            RETURNING
            """
                    + COLUMNS;

    @Override
    public List<DeviceAuthorization> takeExpired(Instant from, Instant now, int limit) {
        return handle.createQuery(TAKE_EXPIRED)
                .bind("from", from)
                .bind("now", now)
                .bind("limit", limit)
                .map(SqlDeviceAuthorizations::read)
                .list();
    }

    private static final String SWEEP =
            """
            DELETE FROM device_authorization
            WHERE id IN (
                SELECT id FROM device_authorization
                WHERE expires_at >= :from AND expires_at < :cutoff
                ORDER BY expires_at LIMIT :limit)
            RETURNING expires_at
            """;

    @Override
    public List<Instant> sweep(Instant from, Instant cutoff, int limit) {
        return handle.createQuery(SWEEP)
                .bind("from", from)
                .bind("cutoff", cutoff)
                .bind("limit", limit)
                .map((row, context) -> Rows.instant(row, "expires_at"))
                .list();
    }

    private static Live readLive(ResultSet row) throws SQLException {
        return new Live(
                new SecretHash(row.getString("device_code")),
                new ClientId(row.getString("client")),
                Rows.instant(row, "expires_at"),
                row.getBoolean("pending"));
    }

    private static DeviceAuthorization read(ResultSet row, StatementContext context)
            throws SQLException {
        return new DeviceAuthorization(
                new RowId(row.getLong("id")),
                new SecretHash(row.getString("device_code")),
                new SecretHash(row.getString("user_code")),
                readRequest(row),
                Rows.instant(row, "asked_at"),
                Rows.instant(row, "expires_at"),
                row.getInt("expiry_told") == 1,
                row.getInt("wrong_verifiers"),
                readState(row));
    }

    private static Request readRequest(ResultSet row) throws SQLException {
        return new Request(
                new ClientId(row.getString("client")),
                Rows.access(row),
                new Binding(
                        Rows.textIfAny(row, "code_challenge"),
                        Rows.textIfAny(row, "key_thumbprint"),
                        Rows.textIfAny(row, "login_hint").map(SecretHash::new)),
                Rows.origin(row, "origin_"),
                new DeviceFacts(
                        Rows.textIfAny(row, "device_name"),
                        Rows.textIfAny(row, "device_model"),
                        Rows.textIfAny(row, "ui_locales")));
    }

    private static State readState(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "pending" -> new State.Pending();
            case "approved" -> new State.Approved(readApproval(row));
            case "denied" -> new State.Denied(Rows.instant(row, "decided_at"));
            case "redeemed" ->
                    new State.Redeemed(row.getString("link"), Rows.instant(row, "redeemed_at"));
            case String other -> throw new SQLException("unknown state: " + other);
        };
    }

    private static Approval readApproval(ResultSet row) throws SQLException {
        return new Approval(
                row.getString("user_id"),
                Rows.scopes(row, "granted"),
                Rows.authentication(row),
                Rows.instant(row, "decided_at"));
    }
}
