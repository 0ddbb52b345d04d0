package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tandem.scenario.Answer;

/// A copy of the database, made while the server runs, and what goes on from it.
@SuppressWarnings("NullAway.Init") // JUnit fills these in
class BackupTest {
    @RegisterExtension final TandemProcess tandem = new TandemProcess();

    private Path folder;

    @BeforeEach
    void start(@TempDir Path empty) throws IOException {
        folder = empty;
        tandem.startsWith(folder, "limits: off\n");
    }

    private Ran runs(String... words) throws IOException {
        return Ran.in(folder, tandem.command(words), TandemProcess.environment());
    }

    private Ran backsUp(String name) throws IOException {
        var ran = runs("backup", name, "--config", "tandem.yaml");
        assertThat(ran.status()).as(ran.output()).isZero();
        return ran;
    }

    private Path database() {
        return folder.resolve("data/tandem.db");
    }

    /// As the operator does it: stop, move the old files away, put the copy in place, start.
    private void goesBackTo(String name) throws IOException {
        tandem.isKilled();
        for (var end : new String[] {"", "-wal", "-shm"}) {
            var old = folder.resolve("data/tandem.db" + end);
            if (Files.exists(old)) {
                Files.move(
                        old, folder.resolve("old.db" + end), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(folder.resolve(name), database());
        tandem.isKilledAndStarts();
    }

    private static void assertTokens(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_grant");
    }

    private String asked(Path file, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.getString(1);
        }
    }

    @Test
    void the_copy_is_whole_readable_by_its_owner_only_and_names_the_key_it_needs()
            throws IOException, SQLException {
        tandem.linkedTelevision();
        var ran = backsUp("copy.db");
        var copy = folder.resolve("copy.db");
        var key = Files.readAllLines(folder.resolve("data/secret.key")).getLast().split(" ", -1)[0];
        assertThat(ran.output()).contains("secret key " + key, "1 links", "apart");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(asked(copy, "PRAGMA integrity_check")).isEqualTo("ok");
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".part") || name.contains("journal"));
        }
    }

    @Test
    void a_file_that_is_there_already_is_left_as_it_is() throws IOException {
        var there = Files.writeString(folder.resolve("copy.db"), "mine");
        var ran = runs("backup", "copy.db", "--config", "tandem.yaml");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).contains("is there already");
        assertThat(there).hasContent("mine");
    }

    @Test
    void a_restore_revives_no_code_and_no_browser_session() throws IOException {
        var pending = tandem.device("tv");
        var approved = tandem.device("tv");
        var person =
                tandem.browser().approves(approved, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        backsUp("copy.db");
        assertTokens(approved.polls());
        goesBackTo("copy.db");
        assertRefused(approved.polls());
        assertRefused(pending.polls());
        var cookie = person.cookies().get("tandem");
        var account = tandem.http().with("Cookie", "tandem=" + cookie).get("/account");
        assertThat(account.status()).isEqualTo(303);
        assertTokens(tandem.linkedTelevision().refreshes());
    }

    @Test
    void the_copy_s_current_token_works_and_a_later_one_moves_its_link_on() throws IOException {
        var still = tandem.linkedTelevision();
        var later = tandem.linkedTelevision();
        var first = later.refreshToken();
        backsUp("copy.db");
        assertTokens(later.refreshes());
        var second = later.refreshToken();
        assertTokens(later.refreshes());
        goesBackTo("copy.db");

        assertTokens(still.refreshes());
        var asked = tandem.http();
        var active =
                asked.post("/oauth/introspect", "token", later.refreshToken(), "client_id", "tv");
        assertThat(active.body()).contains("\"active\":true");
        assertTokens(later.refreshes());
        assertTokens(later.refreshes());
        // Tokens from before the move are old ones again: whoever holds them is a thief.
        assertRefused(later.refreshesWith(first));
        assertRefused(later.refreshes());
        assertRefused(later.refreshesWith(second));
    }

    @Test
    void a_later_token_counts_even_after_the_copy_s_current_one_was_used_and_only_once()
            throws IOException {
        var tv = tandem.linkedTelevision();
        var old = tv.refreshToken();
        backsUp("copy.db");
        for (int i = 0; i < 4; i++) {
            assertTokens(tv.refreshes());
        }
        goesBackTo("copy.db");
        var stale = tandem.http();
        var revived =
                stale.post(
                        "/oauth/token",
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        old,
                        "client_id",
                        "tv");
        assertTokens(revived);
        assertTokens(tv.refreshes());
        assertRefused(tv.refreshesWith(revived.text("refresh_token")));
        assertRefused(tv.refreshes());
    }

    @Test
    void no_event_gets_an_id_that_a_reader_may_have_seen() throws IOException, SQLException {
        tandem.linkedTelevision();
        backsUp("copy.db");
        tandem.linkedTelevision();
        tandem.isKilled();
        var seen = Long.parseLong(asked(database(), "SELECT max(id) FROM event"));
        goesBackTo("copy.db");
        tandem.device("tv");
        tandem.isKilled();
        var restored = "SELECT min(id) FROM event WHERE type = 'admin.restored'";
        var next = Long.parseLong(asked(database(), restored));
        assertThat(next).isGreaterThan(seen + 1_000_000_000L);
        assertThat(Long.parseLong(asked(database(), "SELECT max(id) FROM event")))
                .isEqualTo(next + 1);
        goesBackTo("copy.db");
        tandem.isKilled();
        assertThat(Long.parseLong(asked(database(), restored))).isGreaterThan(next + 1_000_000L);
    }

    @Test
    void a_copy_beside_the_log_of_the_old_database_is_not_opened() throws IOException {
        backsUp("copy.db");
        tandem.linkedTelevision();
        tandem.isKilled();
        assertThat(folder.resolve("data/tandem.db-wal")).isNotEmptyFile();
        Files.copy(folder.resolve("copy.db"), database(), StandardCopyOption.REPLACE_EXISTING);
        var before = Files.readAllBytes(database());
        var ran = runs("serve", "--config", "tandem.yaml");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output()).contains("tandem.db-wal away");
        assertThat(Files.readAllBytes(database())).isEqualTo(before);
        assertThat(folder.resolve("data/tandem.db-wal")).isNotEmptyFile();
    }

    @Test
    void a_plain_older_file_is_known_by_the_mark_beside_the_key() throws IOException, SQLException {
        var tv = tandem.linkedTelevision();
        tandem.isKilled();
        // Folds the log into the file, as a stop does.
        assertThat(runs("restored", "--config", "tandem.yaml").status()).isZero();
        Files.copy(database(), folder.resolve("plain.db"));
        tandem.isKilledAndStarts();
        assertTokens(tv.refreshes());
        assertTokens(tv.refreshes());
        var approved = tandem.device("tv");
        tandem.browser().approves(approved, TandemProcess.EMAIL, TandemProcess.PASSWORD);
        goesBackTo("plain.db");
        assertRefused(approved.polls());
        assertTokens(tv.refreshes());
        tandem.isKilled();
        var told = "SELECT count(*) FROM event WHERE type = 'admin.restored'";
        assertThat(asked(database(), told)).as("the command's and the start's").isEqualTo("2");
    }

    @Test
    void restored_wants_the_server_stopped_and_may_end_every_link() throws IOException {
        var tv = tandem.linkedTelevision();
        var refused = runs("restored", "--config", "tandem.yaml");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("a server runs on it");
        tandem.isKilled();
        var ran = runs("restored", "--end-links", "--config", "tandem.yaml");
        assertThat(ran.output()).contains("1 links have ended");
        tandem.isKilledAndStarts();
        assertRefused(tv.refreshes());
        assertTokens(tandem.linkedTelevision().refreshes());
    }
}
