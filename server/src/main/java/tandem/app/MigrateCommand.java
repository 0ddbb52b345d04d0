package tandem.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tandem.store.sql.SqliteMove;

/// `tandem migrate`: from the embedded database to PostgreSQL.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(
        name = "migrate",
        header =
                "Move everything from the embedded database to PostgreSQL, while Tandem is stopped.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int NOT_DONE = 1;

    @Mixin private ConfigFile file;

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            description = {
                "An empty database: postgresql://user:password@host:5432/tandem. To keep the password",
                "from the list of processes, write '--to URL' into a file and give @FILE instead."
            })
    private String target;

    @Spec private CommandSpec spec;

    private final Map<String, String> environment;

    MigrateCommand(Map<String, String> environment) {
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
                case Database.Sqlite(var database) -> move(database, config.get());
                case Database.Postgresql _ ->
                        throw new CannotStart(
                                "the configuration names a PostgreSQL already; give the one that"
                                        + " names the embedded database");
            }
            return DONE;
        } catch (RuntimeException fault) {
            err.println("Nothing was moved: " + StartFailure.explain(fault, config.get()));
            return NOT_DONE;
        }
    }

    private void move(Path database, Config config) {
        var moved = SqliteMove.move(database, target);
        var out = spec.commandLine().getOut();
        moved.forEach((table, rows) -> out.printf(Locale.ROOT, "%,12d %s%n", rows, table));
        out.printf(
                """
                Moved, read back and the same. %s is as it was: keep it until you trust the new one,
                and do not start on it again. Now write in the configuration

                  database: postgresql://…        # or TANDEM_DATABASE_FILE, a file with the address
                  secret_key_file: %s

                and start.
                """,
                database, config.secretKeyFile());
    }
}
