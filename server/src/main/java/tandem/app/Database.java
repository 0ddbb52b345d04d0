package tandem.app;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import tandem.store.sql.PostgresqlAddress;

/// Where what Tandem remembers is kept.
public sealed interface Database {

    /// The database embedded in the process.
    record Sqlite(Path file) implements Database {}

    /// A server that several nodes share.
    record Postgresql(String url) implements Database {

        /// Without the password.
        @Override
        public String toString() {
            return "Postgresql[…]";
        }
    }

    /// How the store is told.
    default String url() {
        return switch (this) {
            case Sqlite(var file) -> SQLITE + file;
            case Postgresql(var url) -> url;
        };
    }

    String SQLITE = "sqlite:";

    /// No mistake repeats the value: it may hold a password.
    static Parsed<Database> parse(String text) {
        if (PostgresqlAddress.claims(text)) {
            return postgresql(text);
        }
        if (!text.startsWith(SQLITE)) {
            return Parsed.bad(
                    "is neither sqlite: and a path, such as sqlite:./data/tandem.db, nor like "
                            + PostgresqlAddress.EXAMPLE);
        }
        var path = text.substring(SQLITE.length());
        if (path.isBlank() || path.startsWith("//") || path.startsWith(":")) {
            return Parsed.bad(
                    (path.startsWith("//") ? "has slashes before its path" : "names no file")
                            + "; write sqlite: and a path, such as sqlite:./data/tandem.db or"
                            + " sqlite:/var/lib/tandem/tandem.db");
        }
        if (path.contains("?")) {
            return Parsed.bad("takes no options after a question mark; write the path alone");
        }
        return file(path).then(file -> Parsed.good(new Sqlite(file)));
    }

    private static Parsed<Database> postgresql(String text) {
        try {
            PostgresqlAddress.parse(text);
            return Parsed.good(new Postgresql(text));
        } catch (PostgresqlAddress.Malformed malformed) {
            return Parsed.bad(String.valueOf(malformed.getMessage()));
        }
    }

    static Parsed<Path> file(String path) {
        try {
            var file = Path.of(path);
            return Files.isDirectory(file)
                    ? Parsed.bad("is a folder; name a file in it")
                    : Parsed.good(file);
        } catch (InvalidPathException e) {
            return Parsed.bad("is not a path of this system");
        }
    }
}
