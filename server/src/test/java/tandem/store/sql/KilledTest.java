package tandem.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.RowId;
import tandem.store.Tx;

/// A server killed while it writes has kept all that it acknowledged.
class KilledTest {

    private static final int ROUNDS = 4;
    private static final int MILLIS_MAX = 400;
    private static final int WRITTEN_MIN = 50;

    @TempDir Path directory;

    @Test
    void what_was_acknowledged_survives_a_kill_at_any_moment() throws Exception {
        var database = "sqlite:" + directory.resolve("t.db");
        for (int round = 0; round < ROUNDS; round++) {
            var acknowledged = writeUntilKilled(database);
            try (var store = SqlStore.open(database, List.of(), StoreLimits.STANDARD)) {
                assertThat(acknowledged)
                        .hasSizeGreaterThanOrEqualTo(WRITTEN_MIN)
                        .allMatch(id -> store.read(tx -> found(tx, id)));
            }
        }
    }

    private static boolean found(Tx tx, RowId id) {
        return tx.deviceAuthorizations().byId(id).isPresent();
    }

    /// Lets another process write, kills it, and answers the ids it had printed.
    private List<RowId> writeUntilKilled(String database) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("java.class.path");
        var process =
                new ProcessBuilder(
                                java,
                                "--enable-native-access=ALL-UNNAMED",
                                // Killed, it cannot delete the library it unpacks.
                                "-Dorg.sqlite.tmpdir=" + directory,
                                "-cp",
                                classes,
                                WritingProcess.class.getName(),
                                database)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                process.getInputStream(), StandardCharsets.US_ASCII))) {
            var printed = read(lines, WRITTEN_MIN);
            long pause = RandomGenerator.getDefault().nextLong(MILLIS_MAX);
            var killed = process.toHandle();
            Thread.ofVirtual().start(() -> killAfter(killed, pause));
            printed.addAll(read(lines, Integer.MAX_VALUE));
            return printed;
        } finally {
            process.destroyForcibly();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static void killAfter(ProcessHandle process, long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /// Reads whole lines, to the end or to a count. The last one may be cut by the kill: without
    /// its mark at the end it was not acknowledged in full.
    private static List<RowId> read(BufferedReader lines, int most) throws IOException {
        var ids = new ArrayList<RowId>();
        String line;
        while (ids.size() < most && (line = lines.readLine()) != null) {
            if (line.endsWith(".")) {
                ids.add(new RowId(Long.parseLong(line.substring(0, line.length() - 1))));
            }
        }
        return ids;
    }
}
