package tandem.store.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import tandem.store.StoreUnavailable;

/// What is looked at in the file of a database before SQLite does.
record SqliteFile(Path path) {

    /// Marks a copy that has not been opened for service: `TDMc` in the field that SQLite's header
    /// keeps for applications ([format](https://www.sqlite.org/fileformat2.html#application_id)).
    static final int COPY = 0x54444d63;

    private static final int APPLICATION_ID_AT = 68;

    /// SQLITE_BUSY: somebody else holds a lock.
    private static final int BUSY = 5;

    /// Whether this is a copy that has not been opened for service.
    boolean isCopy() {
        var field = ByteBuffer.allocate(Integer.BYTES);
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.read(field, APPLICATION_ID_AT);
        } catch (IOException e) {
            return false;
        }
        return !field.hasRemaining() && field.getInt(0) == COPY;
    }

    /// Refuses a copy that was put beside the log of another database: SQLite would write the pages
    /// of that log into it.
    void requireNoForeignLog() {
        var log = path.resolveSibling(path.getFileName() + "-wal");
        try {
            if (isCopy() && Files.exists(log) && Files.size(log) > 0) {
                throw new StoreUnavailable(
                        "is a copy, and beside it lies the log of the database that was here before; move "
                                + log
                                + " away, and the same with -shm, then start again");
            }
        } catch (IOException e) {
            throw new StoreUnavailable("cannot look at " + log, e);
        }
    }

    /// A connection that, from its first transaction on, bears no other beside it.
    Connection alone() throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(0);
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    /// Whether another connection, of this process or another, has it open.
    boolean inUse() throws SQLException {
        try (var connection = alone();
                var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return false;
        } catch (SQLException fault) {
            if ((fault.getErrorCode() & 0xFF) == BUSY) {
                return true;
            }
            throw fault;
        }
    }
}
