package tandem.fuzz;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Every row that is written while it watches, noted by the database itself.
final class Ledger implements AutoCloseable {
    private static final List<String> DEEDS = List.of("insert", "update", "delete");

    private final Connection database;
    private long version;
    private long read;

    /// A row that was written.
    record Written(String table, String deed, long row) {
        String kind() {
            return table + " " + deed;
        }
    }

    private Ledger(Connection database) {
        this.database = database;
    }

    static Ledger of(Path file) throws SQLException {
        var ledger = new Ledger(DriverManager.getConnection("jdbc:sqlite:" + file));
        ledger.run("PRAGMA busy_timeout = 10000");
        ledger.run(
                "CREATE TABLE written (id INTEGER PRIMARY KEY, tab TEXT, deed TEXT, at INTEGER)");
        for (var table : ledger.tables()) {
            for (var deed : DEEDS) {
                var row = deed.equals("delete") ? "OLD" : "NEW";
                ledger.run(
                        "CREATE TRIGGER written_%2$s_%1$s AFTER %2$s ON %1$s BEGIN"
                                        .formatted(table, deed)
                                + " INSERT INTO written (tab, deed, at) VALUES ('%s', '%s', %s.rowid); END"
                                        .formatted(table, deed, row));
            }
        }
        return ledger;
    }

    /// What was written since it was asked last.
    List<Written> news() throws SQLException {
        long now = number("PRAGMA data_version");
        if (now == version) {
            return List.of();
        }
        version = now;
        var news = new ArrayList<Written>();
        try (var query =
                database.prepareStatement(
                        "SELECT id, tab, deed, at FROM written WHERE id > ? ORDER BY id")) {
            query.setLong(1, read);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    read = rows.getLong(1);
                    news.add(new Written(rows.getString(2), rows.getString(3), rows.getLong(4)));
                }
            }
        }
        return news;
    }

    /// The rows of a table where a column has a value.
    List<Written> rows(String table, String column, String value) throws SQLException {
        var found = new ArrayList<Written>();
        try (var query =
                database.prepareStatement(
                        "SELECT rowid FROM %s WHERE %s = ?".formatted(table, column))) {
            query.setString(1, value);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Written(table, "", rows.getLong(1)));
                }
            }
        }
        return found;
    }

    private List<String> tables() throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT name FROM sqlite_master WHERE type = 'table'"
                                        + " AND name NOT LIKE 'sqlite%' AND name <> 'written'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private long number(String sql) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
