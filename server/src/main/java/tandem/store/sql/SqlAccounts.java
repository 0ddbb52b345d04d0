package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import tandem.model.Account;
import tandem.model.Account.PasswordHash;
import tandem.model.Account.ProviderIdentity;
import tandem.store.Accounts;
import tandem.store.Page;

/// Table `account`.
final class SqlAccounts implements Accounts {

    private static final String COLUMNS =
            """
            user_id, email, email_verified, name, password, provider_issuer, provider_subject,
            provider_connection, blocked, operator, created_at, updated_at
            """;

    private final Handle handle;

    SqlAccounts(Handle handle) {
        this.handle = handle;
    }

    private static final String ADD =
            """
            INSERT INTO account
                (user_id, email, normal_email, email_verified, name, password, provider_issuer,
                 provider_subject, provider_connection, blocked, operator, created_at, updated_at)
            VALUES
                (:user_id, :email, :normal_email, :email_verified, :name, :password,
                 :provider_issuer, :provider_subject, :provider_connection, :blocked, :operator,
                 :created_at, :updated_at)
            ON CONFLICT DO NOTHING
            """;

    @Override
    public boolean add(Account account) {
        return bind(handle.createUpdate(ADD), account).execute() == 1;
    }

    // The condition, not the index, says that the address is taken: a violated index would be a
    // fault. An address that is free here and taken at once by another node still violates it.
    private static final String SAVE =
            """
            UPDATE account
            SET email = :email, normal_email = :normal_email, email_verified = :email_verified,
                name = :name, password = :password, provider_issuer = :provider_issuer,
                provider_subject = :provider_subject, provider_connection = :provider_connection,
                blocked = :blocked, operator = :operator,
                created_at = :created_at, updated_at = :updated_at
            WHERE user_id = :user_id AND NOT EXISTS (
                SELECT 1 FROM account AS other
                WHERE other.normal_email = :normal_email AND other.user_id <> :user_id)
            """;

    @Override
    public boolean save(Account account) {
        return bind(handle.createUpdate(SAVE), account).execute() == 1;
    }

    private static final String REMOVE = "DELETE FROM account WHERE user_id = :user_id";
    private static final String REMOVE_SESSIONS = "DELETE FROM session WHERE user_id = :user_id";
    private static final String REMOVE_CONSENTS = "DELETE FROM consent WHERE user_id = :user_id";

    @Override
    public boolean remove(String userId) {
        handle.createUpdate(REMOVE_SESSIONS).bind("user_id", userId).execute();
        handle.createUpdate(REMOVE_CONSENTS).bind("user_id", userId).execute();
        return handle.createUpdate(REMOVE).bind("user_id", userId).execute() == 1;
    }

    private static final String BY_ID =
            "SELECT " + COLUMNS + "FROM account WHERE user_id = :user_id";

    @Override
    public Optional<Account> byId(String userId) {
        return handle.createQuery(BY_ID).bind("user_id", userId).map(SqlAccounts::read).findFirst();
    }

    private static final String BY_EMAIL =
            "SELECT " + COLUMNS + "FROM account WHERE normal_email = :normal_email";

    @Override
    public Optional<Account> byEmail(String normalEmail) {
        return handle.createQuery(BY_EMAIL)
                .bind("normal_email", normalEmail)
                .map(SqlAccounts::read)
                .findFirst();
    }

    private static final String BY_PROVIDER =
            "SELECT "
                    + COLUMNS
                    + """
                    FROM account
                    WHERE provider_issuer = :issuer AND provider_subject = :subject
                    """;

    @Override
    public Optional<Account> byProvider(String issuer, String subject) {
        return handle.createQuery(BY_PROVIDER)
                .bind("issuer", issuer)
                .bind("subject", subject)
                .map(SqlAccounts::read)
                .findFirst();
    }

    private static final String PAGE =
            "SELECT " + COLUMNS + "FROM account ORDER BY seq LIMIT :limit OFFSET :offset";

    @Override
    public List<Account> page(Page page) {
        return handle.createQuery(PAGE)
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(SqlAccounts::read)
                .list();
    }

    @Override
    public long count() {
        return handle.createQuery("SELECT count(*) FROM account").mapTo(Long.class).one();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Account account) {
        var provider = account.provider();
        return statement
                .bind("user_id", account.userId())
                .bind("email", account.email())
                .bind("normal_email", account.email().map(Account::normalEmail))
                .bind("email_verified", account.emailVerified())
                .bind("name", account.name())
                .bind("password", account.password())
                .bind("provider_issuer", provider.map(ProviderIdentity::issuer))
                .bind("provider_subject", provider.map(ProviderIdentity::subject))
                .bind("provider_connection", provider.map(ProviderIdentity::connection))
                .bind("blocked", account.blocked())
                .bind("operator", account.operator())
                .bind("created_at", account.createdAt())
                .bind("updated_at", account.updatedAt());
    }

    private static Account read(ResultSet row, StatementContext context) throws SQLException {
        var provider =
                row.getString("provider_issuer") == null
                        ? Optional.<ProviderIdentity>empty()
                        : Optional.of(
                                new ProviderIdentity(
                                        row.getString("provider_issuer"),
                                        row.getString("provider_subject"),
                                        row.getString("provider_connection")));
        return new Account(
                row.getString("user_id"),
                Rows.textIfAny(row, "email"),
                Rows.flag(row, "email_verified"),
                Rows.textIfAny(row, "name"),
                Rows.textIfAny(row, "password").map(PasswordHash::new),
                provider,
                Rows.flag(row, "blocked"),
                Rows.flag(row, "operator"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }
}
