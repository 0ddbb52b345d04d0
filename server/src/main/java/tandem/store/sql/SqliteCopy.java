package tandem.store.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import tandem.store.StoreUnavailable;

/// A copy of an embedded database, made while a server writes to it.
///
/// It is one snapshot (`VACUUM INTO`, [SQLite](https://www.sqlite.org/lang_vacuum.html)), marked as
/// a copy, checked, and only then stands under its name, whole and synced.
public final class SqliteCopy {

    private static final int FULL = 13;

    /// The first version whose tables can say that they are a copy.
    private static final int SINCE = 4;

    private static final String KEYS =
            """
            SELECT DISTINCT substr(private_jwk, 1, instr(private_jwk, ':') - 1)
            FROM signing_key ORDER BY seq DESC
            """;

    private SqliteCopy() {}

    /// What was copied.
    ///
    /// @param rows how many, by table
    /// @param keys ids of the secret keys under which its values are sealed
    public record Made(Map<String, Long> rows, long bytes, List<String> keys) {}

    /// Makes the copy.
    ///
    /// @param at what it will say of when it was made
    /// @throws StoreUnavailable when there is nothing to copy, no place for it, or it is not whole
    /// @throws IOException when the file cannot be written
    public static Made make(Path source, Path destination, Instant at) throws IOException {
        var folder = destination.toAbsolutePath().getParent();
        if (Files.notExists(source)) {
            throw new StoreUnavailable("there is no database yet");
        }
        if (Files.exists(destination)) {
            throw new FileAlreadyExistsException(
                    destination.toString(), null, "is there already; name another file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreUnavailable("there is no folder " + folder + " for the copy");
        }
        new SqliteFile(source).requireNoForeignLog();
        var draft =
                Files.createTempFile(
                        folder,
                        "." + destination.getFileName(),
                        ".part",
                        Sqlite.only(destination, "rw-------"));
        try {
            snapshot(source, draft);
            var made = marked(draft, at);
            place(draft, destination);
            return made;
        } catch (SQLException fault) {
            if ((fault.getErrorCode() & 0xFF) == FULL) {
                throw new StoreUnavailable("there is no room for the copy in " + folder);
            }
            throw new StoreUnavailable("the copy failed", fault);
        } finally {
            Files.deleteIfExists(draft);
            Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + "-journal"));
        }
    }

    private static void snapshot(Path source, Path draft) throws SQLException {
        try (var reader = new Sqlite(source).looking().getConnection()) {
            int version = Migrations.version(reader);
            if (version < SINCE || version > Migrations.NEWEST) {
                throw new StoreUnavailable(
                        "has version %d of the tables, this release copies %d to %d; copy it with the release that serves it"
                                .formatted(version, SINCE, Migrations.NEWEST));
            }
            try (var vacuum = reader.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, draft.toString());
                vacuum.execute();
            }
        }
    }

    /// What is dead in a copy is not kept in it; the rest is left to the start that goes on from it
    /// ([tandem.store.Epochs#restore]).
    private static Made marked(Path draft, Instant at) throws SQLException, IOException {
        var config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try (var copy = config.createConnection("jdbc:sqlite:" + draft)) {
            execute(copy, "PRAGMA secure_delete = ON");
            copy.setAutoCommit(false);
            for (var table : SqlEpochs.SHORT_LIVED) {
                execute(copy, "DELETE FROM " + table);
            }
            execute(copy, "UPDATE epoch SET copied_at = " + at.toEpochMilli());
            execute(copy, "PRAGMA application_id = " + SqliteFile.COPY);
            copy.commit();
            copy.setAutoCommit(true);
            requireWhole(copy);
            return new Made(rows(copy), Files.size(draft), texts(copy, KEYS));
        }
    }

    private static void requireWhole(Connection copy) throws SQLException {
        var complaints = texts(copy, "PRAGMA integrity_check(10)");
        if (!complaints.equals(List.of("ok"))) {
            throw new StoreUnavailable(
                    "the copy is damaged, and so is the database, perhaps: "
                            + String.join("; ", complaints));
        }
    }

    private static Map<String, Long> rows(Connection copy) throws SQLException {
        var rows = new TreeMap<String, Long>();
        for (var table : Migrations.tables(copy)) {
            rows.put(
                    table, Long.parseLong(texts(copy, "SELECT count(*) FROM " + table).getFirst()));
        }
        return rows;
    }

    /// A hard link fails where another file has taken the name; a move would overwrite it.
    private static void place(Path draft, Path destination) throws IOException {
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.createLink(destination, draft);
        } catch (UnsupportedOperationException noLinks) {
            Files.move(draft, destination);
        }
        try (var channel =
                FileChannel.open(
                        destination.toAbsolutePath().resolveSibling("."),
                        StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems cannot open a folder; there the file's own sync must do.
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        var texts = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
