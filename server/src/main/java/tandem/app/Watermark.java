package tandem.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/// A small file beside the secret key that remembers, outside the database, how often each database
/// was taken into service here: by it, an older file that was put in place is known.
///
/// One line each, `name count`. Without the file, or a line, nothing is known and nothing claimed.
record Watermark(Path file) {

    private static final long FILE_MAX = 64 * 1024;
    private static final String HEAD =
            "# How often Tandem has started on which database. It tells an older copy from the"
                    + " newest state.\n";

    static Watermark beside(Path secretKeyFile) {
        return new Watermark(secretKeyFile.resolveSibling(secretKeyFile.getFileName() + ".starts"));
    }

    /// The most starts of this database that were seen here; 0 when it is not known.
    ///
    /// @throws IOException when there is a file, and it cannot be read
    long seen(String database) throws IOException {
        return counts().getOrDefault(database, 0L);
    }

    /// Remembers what is more than before, durably and all or nothing.
    void raise(String database, long starts) throws IOException {
        var counts = counts();
        if (counts.merge(database, starts, Math::max) > starts) {
            return;
        }
        var text = new StringBuilder(HEAD);
        counts.forEach((name, count) -> text.append(name).append(' ').append(count).append('\n'));
        var folder = file.toAbsolutePath().getParent();
        var draft = Files.createTempFile(folder, ".starts", ".tmp");
        try {
            Files.writeString(draft, text);
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Map<String, Long> counts() throws IOException {
        var counts = new TreeMap<String, Long>();
        try {
            if (Files.size(file) > FILE_MAX) {
                throw new IOException(file + " is too large to be Tandem's; move it away");
            }
            for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                var words = line.split(" ", -1);
                if (words.length == 2 && words[1].matches("[0-9]{1,18}")) {
                    counts.put(words[0], Long.parseLong(words[1]));
                }
            }
        } catch (NoSuchFileException none) {
            counts.clear();
        }
        return counts;
    }
}
