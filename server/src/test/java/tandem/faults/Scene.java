package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tandem.app.Opening;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestDevice;
import tandem.scenario.TestTandem;
import tandem.store.sql.Between;
import tandem.store.sql.SqlStore;
import tandem.store.sql.StoreLimits;
import tandem.store.sql.WatchedStore;

/// A whole server whose store has something between itself and its database, and the books.
final class Scene implements AutoCloseable {

    /// So few that a place that is not given back is missed soon.
    private static final StoreLimits LIMITS = new StoreLimits(8, 8, Duration.ofSeconds(5), 4);

    static final String[] EVERYTHING = {
        "scope", "openid profile email offline_access read:library", "audience", TestTandem.API
    };

    private static final Duration PACE = Duration.ofSeconds(6);

    final TestTandem tandem;
    final Books books;
    private final boolean postgresql;
    private final List<TestBrowser> others = new ArrayList<>();
    private int borrowed;
    private Instant since;
    private Optional<TestBrowser> ada = Optional.empty();

    Scene(Path folder, boolean postgresql, Between between) {
        this(
                postgresql,
                folder,
                (url, builtIn, _) -> WatchedStore.open(url, builtIn, LIMITS, between));
    }

    private Scene(boolean postgresql, Path folder, Opening opening) {
        this.postgresql = postgresql;
        this.tandem = TestTandem.through(folder, postgresql, opening);
        this.books = new Books(tandem.databaseUrl());
        this.since = tandem.clock().instant();
    }

    /// On SQLite, whose writers wait for each other: stepped between transactions.
    static Scene stepped(Path folder, Stepper stepper) {
        return new Scene(
                false,
                folder,
                (url, builtIn, limits) ->
                        new SteppedStore(SqlStore.open(url, builtIn, limits), stepper));
    }

    /// What comes next is new: other times, other devices.
    Scene anew() {
        borrowed = 0;
        tandem.clock().forward(PACE);
        since = tandem.clock().instant();
        return this;
    }

    void audit() {
        books.audit(since);
    }

    /// A browser in which Ada is signed in.
    TestBrowser ada() {
        var known = ada.filter(browser -> browser.get("/account").status() == 200);
        ada = known.or(() -> Optional.of(signedIn()));
        return ada.orElseThrow();
    }

    /// A browser in which Ada is signed in, and which nobody else uses in this play.
    TestBrowser another() {
        borrowed++;
        if (others.size() < borrowed) {
            others.add(signedIn());
        }
        var browser = others.get(borrowed - 1);
        if (browser.get("/account").status() != 200) {
            others.set(borrowed - 1, signedIn());
        }
        return others.get(borrowed - 1);
    }

    /// Ada is let in again, if she was not.
    void unblocks() {
        if (tandem.ada().blocked()) {
            var answer =
                    tandem.operator("update:users")
                            .json("PATCH", "/api/v2/users/usr_ada", "{\"blocked\": false}");
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    /// Links made in this play and not ended.
    List<String> liveLinks() {
        return books.rows(
                "SELECT id FROM link WHERE ended_at IS NULL AND first_at >= ?",
                since.toEpochMilli());
    }

    /// Whether a connection waits for a lock that another holds.
    boolean waits(int backend) {
        return books.rows("SELECT 1 WHERE cardinality(pg_blocking_pids(?)) > 0", backend)
                .equals(List.of("1"));
    }

    private TestBrowser signedIn() {
        var browser = tandem.browser().opens("/account");
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.get("/account").status()).isEqualTo(200);
        return browser;
    }

    TestDevice approved(String client) {
        var device = tandem.device(client, EVERYTHING);
        ada().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        return device;
    }

    TestDevice linked() {
        var device = approved("tv");
        assertThat(device.polls().status()).isEqualTo(200);
        return device;
    }

    /// The state of a device's codes, past the server.
    String state(TestDevice device) {
        return books.rows(
                        "SELECT state FROM device_authorization WHERE id ="
                                + " (SELECT max(id) FROM device_authorization)")
                .getFirst();
    }

    void forgetConsents() {
        var answer =
                tandem.operator("delete:grants").method("DELETE", "/api/v2/grants?user_id=usr_ada");
        assertThat(answer.status()).isEqualTo(204);
    }

    /// Whether the newest codes' end was told of.
    boolean expiryTold() {
        return books.rows(
                        "SELECT 1 FROM device_authorization WHERE expiry_told = 1 AND id ="
                                + " (SELECT max(id) FROM device_authorization)")
                .equals(List.of("1"));
    }

    /// A poll in its time.
    Answer polls(TestDevice device) {
        return device.after(PACE).polls();
    }

    String newestLink() {
        return books.rows("SELECT id FROM link WHERE seq = (SELECT max(seq) FROM link)").getFirst();
    }

    /// Nothing is held any more, and nobody waits: soon, since a server may not have noticed yet
    /// that its client is gone.
    void assertIdle() throws InterruptedException {
        for (int look = 0; postgresql && !busy().isEmpty(); look++) {
            assertThat(look).as("still held: %s", busy()).isLessThan(60);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private List<String> busy() {
        return books.rows(
                """
                SELECT state || ' ' || query FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND state LIKE 'idle in transaction%'
                UNION ALL
                SELECT locktype || ' ' || mode FROM pg_locks
                WHERE locktype = 'advisory' AND database =
                    (SELECT oid FROM pg_database WHERE datname = current_database())
                """);
    }

    @Override
    public void close() {
        books.close();
        tandem.close();
    }
}
