package tandem.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tandem.model.Access;
import tandem.model.Authentication;
import tandem.model.Origin;
import tandem.oauth.Scopes;

/// How values that several records share stand in columns.
final class Rows {

    private Rows() {}

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> instantIfAny(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static Optional<String> textIfAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static boolean flag(ResultSet row, String column) throws SQLException {
        return row.getInt(column) == 1;
    }

    static Scopes scopes(ResultSet row, String column) throws SQLException {
        return new Scopes(words(row.getString(column)));
    }

    /// Columns `scopes`, `apis`, `details`.
    static Access access(ResultSet row) throws SQLException {
        var apis = textIfAny(row, "apis").map(Rows::words).orElse(List.of());
        return new Access(scopes(row, "scopes"), apis, textIfAny(row, "details"));
    }

    static Authentication authentication(ResultSet row) throws SQLException {
        return new Authentication(instant(row, "authenticated_at"), words(row.getString("amr")));
    }

    static Origin origin(ResultSet row, String prefix) throws SQLException {
        return new Origin(row.getString(prefix + "address"), row.getString(prefix + "agent"));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    static String joined(List<String> words) {
        return String.join(" ", words);
    }

    static Optional<String> joinedIfAny(List<String> words) {
        return words.isEmpty() ? Optional.empty() : Optional.of(joined(words));
    }

    static <E extends Enum<E>> E word(ResultSet row, String column, Class<E> type)
            throws SQLException {
        return Enum.valueOf(type, row.getString(column).toUpperCase(Locale.ROOT));
    }
}
