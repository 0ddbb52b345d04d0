package tandem.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tandem.secret.SecretKeyFile;
import tandem.store.sql.SqliteCopy;

/// `tandem backup`: a copy of the embedded database, while the server runs.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(
        name = "backup",
        header = "Copy the embedded database, while the server runs or not.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int NOT_DONE = 1;

    private static final String POSTGRESQL =
            "the database is PostgreSQL; copy it with pg_basebackup or pg_dump. After going back to"
                    + " such a copy run ./tandem restored once, before the first node starts"
                    + " (docs/operations.md)";

    @Mixin private ConfigFile file;

    @Parameters(paramLabel = "DEST", description = "The file to make. It must not be there yet.")
    private Path destination;

    @Spec private CommandSpec spec;

    private final Map<String, String> environment;

    BackupCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        var config = file.read(environment, err);
        if (config.isEmpty()) {
            return NOT_DONE;
        }
        try {
            switch (config.get().database()) {
                case Database.Sqlite(var database) -> copy(database, config.get());
                case Database.Postgresql _ -> throw new CannotStart(POSTGRESQL);
            }
            return DONE;
        } catch (IOException | RuntimeException fault) {
            err.println("Nothing was copied: " + StartFailure.explain(fault, config.get()));
            return NOT_DONE;
        }
    }

    private void copy(Path database, Config config) throws IOException {
        var made = SqliteCopy.make(database, destination, InstantSource.system().instant());
        var keys = new LinkedHashSet<String>();
        var keyFile = config.secretKeyFile();
        if (Files.exists(keyFile)) {
            keys.add(SecretKeyFile.open(keyFile, new SecureRandom()).newestId());
        }
        keys.addAll(made.keys());
        tell(spec.commandLine().getOut(), made, String.join(" and ", keys), keyFile);
    }

    private void tell(PrintWriter out, SqliteCopy.Made made, String keys, Path keyFile) {
        out.printf(
                Locale.ROOT,
                "Copied to %s: %d links, %d accounts, %d clients, %d events; %,d bytes, checked.%n",
                destination,
                made.rows().getOrDefault("link", 0L),
                made.rows().getOrDefault("account", 0L),
                made.rows().getOrDefault("client", 0L),
                made.rows().getOrDefault("event", 0L),
                made.bytes());
        out.printf(
                "It needs the secret key %s, which is not in it: keep %s too, and apart from the copies.%n",
                keys, keyFile);
        out.println(
                "Codes and browser sessions are not in it. To go back to it: stop Tandem, move"
                        + " the database and its -wal and -shm away, put the copy in its place, start"
                        + " (docs/operations.md).");
    }
}
