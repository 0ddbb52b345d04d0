package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import tandem.ledger.Patch;

/// The release after this one, as far as the database goes: it has one more migration, which adds a
/// column to every table that devices and people touch, and an index.
final class NextRelease {
    private static final Path MIGRATIONS =
            Path.of("src/main/java/tandem/store/sql/Migrations.java");
    private static final Pattern NEWEST = Pattern.compile("NEWEST = (\\d+);");
    private static final String TABLES = "BROUGHT.subList(0, version)";

    private static final String SQL =
            """
            ALTER TABLE device_authorization ADD COLUMN next_release TEXT;
            ALTER TABLE entry ADD COLUMN next_release TEXT;
            ALTER TABLE session ADD COLUMN next_release TEXT;
            ALTER TABLE account ADD COLUMN next_release TEXT;
            ALTER TABLE link ADD COLUMN next_release TEXT;
            CREATE INDEX link_next_release ON link (next_release);
            """;

    private NextRelease() {}

    /// What takes the place of this release's classes.
    static Path in(Path folder) throws IOException {
        var source = Files.readString(MIGRATIONS);
        var newest = NEWEST.matcher(source);
        assertThat(newest.find() && source.contains(TABLES)).isTrue();
        int next = Integer.parseInt(newest.group(1)) + 1;
        var changed =
                newest.replaceFirst("NEWEST = " + next + ";")
                        .replace(TABLES, TABLES.replace(")", " - 1)"));
        var patch = Patch.of(folder, Map.of(MIGRATIONS, changed));
        var sql = Files.createDirectories(patch.resolve("tandem/store/migration"));
        Files.writeString(sql.resolve("V" + next + "__next_release.sql"), SQL);
        return patch;
    }
}
