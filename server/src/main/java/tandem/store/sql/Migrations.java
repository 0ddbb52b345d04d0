package tandem.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import tandem.store.StoreUnavailable;

/// Brings the tables to the newest form, by the files `V1__start.sql` and on.
final class Migrations {

    /// The number of the newest file; a test holds the two together.
    static final int NEWEST = 5;

    static final String FOLDER = "tandem/store/migration";

    private static final String TABLE = "flyway_schema_history";

    private static final String VERSION =
            "SELECT max(CAST(version AS INTEGER)) FROM " + TABLE + " WHERE success";

    private Migrations() {}

    /// Runs what has not run yet, from the folder of all databases and from that of this one. One
    /// query tells an ordinary start that there is nothing to do: to find that out itself, Flyway
    /// takes longer than all the rest of a start.
    static void run(DataSource source, String own, Map<String, String> placeholders)
            throws SQLException {
        int version;
        try (var connection = source.getConnection()) {
            version = version(connection).orElse(0);
        }
        if (version > NEWEST) {
            throw new StoreUnavailable(
                    "the database was made by a newer release: it has version %d of the tables, this release knows %d"
                            .formatted(version, NEWEST));
        }
        if (version < NEWEST) {
            migrate(source, own, placeholders);
        }
    }

    private static void migrate(DataSource source, String own, Map<String, String> placeholders) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:" + FOLDER, "classpath:" + own)
                .table(TABLE)
                .placeholders(placeholders)
                .load()
                .migrate();
    }

    private static OptionalInt version(Connection connection) throws SQLException {
        try (var tables =
                connection.getMetaData().getTables(null, connection.getSchema(), TABLE, null)) {
            if (!tables.next()) {
                return OptionalInt.empty();
            }
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(VERSION)) {
            return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
        }
    }
}
