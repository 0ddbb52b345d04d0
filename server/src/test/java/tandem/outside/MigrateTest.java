package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Answer;
import tandem.store.TestPostgresql;

/// From the embedded database to PostgreSQL, and what goes on there.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class MigrateTest {
    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private Path folder;

    @BeforeEach
    void start(@TempDir Path empty) throws IOException {
        folder = empty;
        tandem.startsWith(folder, "limits: off\n");
    }

    private Ran migrates(String to) throws IOException {
        return migrates(to, TandemProcess.environment());
    }

    private Ran migrates(String to, Map<String, String> environment) throws IOException {
        var arguments = Files.writeString(folder.resolve("move.args"), "--to " + to);
        var words = tandem.command("migrate", "--config", "tandem.yaml", "@" + arguments);
        return Ran.in(folder, words, environment);
    }

    private void startsOn(String database) throws IOException {
        var config = Files.readString(folder.resolve("tandem.yaml"));
        Files.writeString(
                folder.resolve("tandem.yaml"),
                config.replace("sqlite:./data/tandem.db", database)
                        + "secret_key_file: ./data/secret.key\n");
        tandem.isKilledAndStarts();
    }

    private static void assertTokens(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static long asked(String jdbc, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbc);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Test
    void every_link_every_code_and_every_session_goes_on() throws Exception {
        var first = tandem.linkedTelevision();
        var second = tandem.linkedTelevision();
        var old = second.refreshToken();
        assertTokens(second.refreshes());
        var approved = tandem.device("tv");
        var person =
                tandem.browser().approves(approved, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        var pending = tandem.device("tv");
        tandem.isKilled();
        var source = "jdbc:sqlite:" + folder.resolve("data/tandem.db");
        long newest = asked(source, "SELECT max(id) FROM event");
        long links = asked(source, "SELECT max(seq) FROM link");

        var url = TestPostgresql.newDatabase();
        var ran = migrates(url);
        assertThat(ran.status()).as(ran.output()).isZero();
        assertThat(ran.output())
                .contains("2 link", "secret_key_file: ./data/secret.key")
                .doesNotContain("postgres:postgres");
        startsOn(url);

        assertTokens(first.refreshes());
        assertTokens(second.refreshesWith(old));
        assertTokens(second.refreshes());
        assertTokens(approved.polls());
        assertThat(pending.polls().error()).isEqualTo("authorization_pending");
        var cookie = person.cookies().get("tandem");
        var account = tandem.http().with("Cookie", "tandem=" + cookie).get("/account");
        assertThat(account.status()).isEqualTo(200);
        var target = TestPostgresql.jdbc(url);
        assertThat(asked(target, "SELECT count(*) FROM event WHERE id <= " + newest))
                .isEqualTo(asked(source, "SELECT count(*) FROM event"));
        assertThat(asked(target, "SELECT count(*) FROM event WHERE id > " + newest)).isPositive();
        assertThat(asked(target, "SELECT max(seq) FROM link")).isGreaterThan(links);
        assertThat(asked(target, "SELECT count(*) FROM event WHERE type = 'admin.restored'"))
                .isZero();
    }

    @Test
    void a_running_server_and_a_target_that_is_not_empty_are_refused() throws Exception {
        var tv = tandem.linkedTelevision();
        var url = TestPostgresql.newDatabase();
        var running = migrates(url);
        assertThat(running.status()).isEqualTo(1);
        assertThat(running.output()).contains("a server runs on it");
        tandem.isKilled();
        assertThat(migrates(url).status()).isZero();
        var again = migrates(url);
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.output()).contains("the target is not empty");
        startsOn(url);
        assertTokens(tv.refreshes());
        // PostgreSQL is copied with its own tools, and cannot be moved from.
        assertThat(migrates(url).output()).contains("names a PostgreSQL already");
        var backup = tandem.command("backup", "x.db", "--config", "tandem.yaml");
        var refused = Ran.in(folder, backup, TandemProcess.environment());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("pg_basebackup or pg_dump", "tandem restored");
    }

    @Test
    void on_postgresql_the_operator_says_that_it_was_put_back() throws Exception {
        tandem.isKilled();
        var url = TestPostgresql.newDatabase();
        startsOn(url);
        var tv = tandem.linkedTelevision();
        var approved = tandem.device("tv");
        tandem.browser().approves(approved, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        var words = tandem.command("restored", "--config", "tandem.yaml");
        var running = Ran.in(folder, words, TandemProcess.environment());
        assertThat(running.output()).contains("stop every node");
        tandem.isKilled();
        var ran = Ran.in(folder, words, TandemProcess.environment());
        assertThat(ran.status()).as(ran.output()).isZero();
        tandem.isKilledAndStarts();
        assertThat(approved.polls().error()).isEqualTo("invalid_grant");
        assertTokens(tv.refreshes());
        assertTokens(tandem.linkedTelevision().refreshes());
    }
}
