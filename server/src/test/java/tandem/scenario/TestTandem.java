package tandem.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import tandem.account.Passwords;
import tandem.app.Config;
import tandem.app.Database;
import tandem.app.HostAndPort;
import tandem.app.Opening;
import tandem.app.Tandem;
import tandem.manage.ManagementApi;
import tandem.model.Account;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.ClientGrant;
import tandem.model.Connection;
import tandem.model.DevicePolicy;
import tandem.model.RefreshPolicy;
import tandem.model.SigningAlgorithm;
import tandem.model.TokenDialect;
import tandem.oauth.ClientId;
import tandem.oauth.GrantType;
import tandem.oauth.Profile;
import tandem.oauth.Scopes;
import tandem.secret.Purpose;
import tandem.secret.SecretKeyFile;
import tandem.store.TestPostgresql;
import tandem.store.sql.SqlStore;
import tandem.web.Limits;

/// A whole server with a clock moved by hand, and what most scenarios need registered.
public final class TestTandem implements AutoCloseable {
    public static final String API = "https://api.acme.example/";
    public static final String PHOTOS = "https://photos.acme.example/";
    public static final String EMAIL = "ada@example.com";
    public static final String PASSWORD = "correct-horse-battery";
    public static final String SECRET = "a-long-secret";

    /// Hashing is slow on purpose; once is enough.
    private static final Account.PasswordHash HASH = new Passwords().hash(PASSWORD);

    private final TestClock clock;
    private final Path folder;
    private final Database database;
    private final int port;
    private final String issuer;
    private final Profile profile;
    private final Map<Limits.Limit, Limits.Rate> limits;
    private final Opening opening;
    private Tandem tandem;

    private TestTandem(
            Path folder,
            Database database,
            Map<Limits.Limit, Limits.Rate> limits,
            Profile profile) {
        this(folder, database, limits, profile, SqlStore::open);
    }

    private TestTandem(
            Path folder,
            Database database,
            Map<Limits.Limit, Limits.Rate> limits,
            Profile profile,
            Opening opening) {
        this.opening = opening;
        this.clock = new TestClock();
        this.folder = folder;
        this.database = database;
        this.profile = profile;
        this.port = freePort();
        this.issuer = "http://localhost:" + port;
        this.limits = limits;
        this.tandem = started();
        registerTheUsual();
    }

    private TestTandem(TestTandem beside, TestClock clock) {
        this.opening = beside.opening;
        this.clock = clock;
        this.folder = beside.folder;
        this.database = beside.database;
        this.profile = beside.profile;
        this.port = freePort();
        this.issuer = beside.issuer;
        this.limits = beside.limits;
        this.tandem = started();
    }

    /// Without limits, for what is not about them.
    public static TestTandem in(Path folder) {
        return new TestTandem(folder, database(folder), Map.of(), Profile.RFC);
    }

    public static TestTandem onPostgresql(Path folder) {
        return onPostgresql(folder, Map.of());
    }

    public static TestTandem onPostgresql(Path folder, Map<Limits.Limit, Limits.Rate> limits) {
        return new TestTandem(folder, postgresql(folder), limits, Profile.RFC);
    }

    /// On SQLite or PostgreSQL, with something between the store and its database.
    public static TestTandem through(Path folder, boolean postgresql, Opening opening) {
        var database =
                postgresql ? postgresql(folder) : new Database.Sqlite(folder.resolve("tandem.db"));
        return new TestTandem(folder, database, Map.of(), Profile.RFC, opening);
    }

    /// Another node on the same database, for the same issuer.
    public TestTandem beside() {
        return beside(clock);
    }

    /// Another node, whose clock goes its own way.
    public TestTandem beside(TestClock own) {
        return new TestTandem(this, own);
    }

    /// SQLite; or every scenario on PostgreSQL, by `-Dtandem.test.database=postgresql`.
    private static Database database(Path folder) {
        return System.getProperty("tandem.test.database", "sqlite").equals("postgresql")
                ? postgresql(folder)
                : new Database.Sqlite(folder.resolve("tandem.db"));
    }

    private static Database postgresql(Path folder) {
        return new Database.Postgresql(TestPostgresql.databaseOf(folder));
    }

    /// As clients that were made for Auth0 expect it.
    public static TestTandem likeAuth0(Path folder) {
        return new TestTandem(folder, database(folder), Map.of(), Profile.AUTH0);
    }

    public static TestTandem withLimits(Path folder) {
        return withLimits(folder, Limits.standard());
    }

    public static TestTandem withLimits(Path folder, Map<Limits.Limit, Limits.Rate> limits) {
        return new TestTandem(folder, database(folder), limits, Profile.RFC);
    }

    public TestClock clock() {
        return clock;
    }

    public Tandem server() {
        return tandem;
    }

    public String issuer() {
        return issuer;
    }

    /// As the configuration names it.
    public String databaseUrl() {
        return database.url();
    }

    public Http http() {
        return new Http("http://localhost:" + port);
    }

    /// The second listener: health and metrics.
    public Http management() {
        return new Http("http://127.0.0.1:" + tandem.management().port());
    }

    /// Calls of the Management API by a client that holds these scopes.
    public Http operator(String... scopes) {
        var token =
                http().post(
                                "/oauth/token",
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                "ops",
                                "client_secret",
                                SECRET,
                                "audience",
                                issuer() + "/api/v2/",
                                "scope",
                                String.join(" ", scopes));
        return http().bearer(token.text("access_token"));
    }

    /// A device of a client, that has asked for its codes.
    public TestDevice device(String clientId, String... parameters) {
        var all = new ArrayList<>(List.of("client_id", clientId));
        all.addAll(List.of(parameters));
        var codes = http().post("/oauth/device/code", all.toArray(String[]::new));
        return new TestDevice(http(), clock, clientId, codes);
    }

    /// The usual television: Acme TV, everything it may ask for.
    public TestDevice television() {
        return device(
                "tv", "scope", "openid profile email offline_access read:library", "audience", API);
    }

    public TestBrowser browser() {
        return new TestBrowser(http());
    }

    /// A television that Ada has approved and that holds its tokens.
    public TestDevice linkedTelevision() {
        var device = television();
        browser().approves(device, EMAIL, PASSWORD);
        var answer = device.polls();
        if (answer.status() != 200) {
            throw new IllegalStateException("not linked: " + answer.body());
        }
        return device;
    }

    public void changeClient(String id, UnaryOperator<Client> change) {
        tandem.store()
                .write(tx -> {
                    var client = tx.registered().client(new ClientId(id)).orElseThrow();
                    tx.registry().put(change.apply(client));
                    return true;
                });
    }

    /// The operator's switch for the whole flow.
    public void switchDeviceFlow(boolean on) {
        Changed.deviceFlow(this, on);
    }

    public Account ada() {
        return tandem.store().read(tx -> tx.accounts().byEmail(EMAIL)).orElseThrow();
    }

    public void saveAccount(Account account) {
        tandem.store().write(tx -> tx.accounts().save(account));
    }

    /// Ends the server and starts it again on the same data.
    public void restarts() {
        tandem.close();
        tandem = started();
    }

    @Override
    public void close() {
        tandem.close();
    }

    private Tandem started() {
        var config =
                new Config(
                        URI.create(issuer()),
                        new HostAndPort("127.0.0.1", port),
                        new HostAndPort("127.0.0.1", 0),
                        database,
                        List.of(),
                        folder.resolve("secret.key"),
                        profile,
                        Optional.empty(),
                        limits,
                        Config.EVENTS_KEPT);
        try {
            return Tandem.start(
                    config, opening, List.of(), clock, new SecureRandom(), routes -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void registerTheUsual() {
        var api =
                new Api(
                        API,
                        "Acme library",
                        List.of(
                                new Api.Scope("read:library", "See what you have watched"),
                                new Api.Scope("write:library", "Change your list")),
                        Duration.ofHours(1),
                        true,
                        SigningAlgorithm.RS256,
                        TokenDialect.ACCESS_TOKEN);
        tandem.store()
                .write(tx -> {
                    tx.registry().put(api);
                    tx.registry().put(photos());
                    tx.registry().put(client("tv", "Acme TV", true));
                    tx.registry().put(client("radio", "Other Radio", false));
                    tx.registry().put(confidential("printer", "Acme Printer"));
                    tx.registry().put(operations());
                    tx.registry().put(everything(new ClientId("ops")));
                    tx.registry()
                            .put(
                                    new Connection(
                                            "passwords",
                                            Connection.Strategy.PASSWORD,
                                            "Password",
                                            Optional.empty()));
                    return tx.accounts().add(person("usr_ada", EMAIL, "Ada Lovelace"))
                            && tx.accounts().add(person("usr_bob", "bob@example.com", "Bob"));
                });
    }

    private static Api photos() {
        return new Api(
                PHOTOS,
                "Acme photos",
                List.of(new Api.Scope("read:photos", "Look at your photos")),
                Duration.ofMinutes(10),
                true,
                SigningAlgorithm.ES256,
                TokenDialect.ACCESS_TOKEN);
    }

    private Client operations() {
        var printer = confidential("ops", "Operations");
        return new Client(
                printer.id(),
                printer.name(),
                "non_interactive",
                true,
                true,
                ClientAuthenticationMethod.CLIENT_SECRET_POST,
                printer.secret(),
                List.of(),
                Set.of(GrantType.CLIENT_CREDENTIALS),
                printer.refreshToken(),
                printer.deviceAuthorization(),
                printer.idTokenAlgorithm(),
                printer.idTokenLifetime(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private ClientGrant everything(ClientId client) {
        var audience = issuer() + "/api/v2/";
        var scopes = ManagementApi.api(audience).scopes().stream().map(Api.Scope::value).toList();
        return new ClientGrant("cgr_ops", client, audience, new Scopes(scopes));
    }

    private Account person(String id, String email, String name) {
        var now = clock.instant();
        return new Account(
                id,
                Optional.of(email),
                true,
                Optional.of(name),
                Optional.of(HASH),
                Optional.empty(),
                false,
                false,
                now,
                now);
    }

    private static Client client(String id, String name, boolean firstParty) {
        return new Client(
                new ClientId(id),
                name,
                "native",
                firstParty,
                true,
                ClientAuthenticationMethod.NONE,
                Optional.empty(),
                List.of(),
                Set.of(GrantType.DEVICE_CODE, GrantType.REFRESH_TOKEN),
                RefreshPolicy.STANDARD,
                DevicePolicy.STANDARD,
                SigningAlgorithm.RS256,
                Client.ID_TOKEN_LIFETIME,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private Client confidential(String id, String name) throws UncheckedIOException {
        try {
            var keys = SecretKeyFile.open(folder.resolve("secret.key"), new SecureRandom());
            var open = client(id, name, true);
            return new Client(
                    open.id(),
                    open.name(),
                    open.appType(),
                    true,
                    true,
                    ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                    Optional.of(keys.hash(Purpose.CLIENT_SECRET, SECRET)),
                    List.of(),
                    new HashSet<>(open.grantTypes()),
                    open.refreshToken(),
                    open.deviceAuthorization(),
                    open.idTokenAlgorithm(),
                    open.idTokenLifetime(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
