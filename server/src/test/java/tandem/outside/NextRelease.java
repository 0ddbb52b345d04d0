package tandem.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

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
        var classes = Files.createDirectories(folder.resolve("next"));
        var sql = Files.createDirectories(classes.resolve("tandem/store/migration"));
        Files.writeString(sql.resolve("V" + next + "__next_release.sql"), SQL);
        compile(Files.writeString(folder.resolve("Migrations.java"), changed), classes);
        return classes;
    }

    private static void compile(Path source, Path classes) {
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-nowarn",
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString());
        assertThat(code).as("the next release compiles").isZero();
    }
}
