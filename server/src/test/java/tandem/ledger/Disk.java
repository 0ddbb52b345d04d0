package tandem.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// A small disk of its own, in memory, that can be full for a while. Where the system allows no
/// mounting it is a folder like any other, and is never full.
final class Disk implements AutoCloseable {

    private final Path folder;
    private final String refusal;

    Disk(Path folder, int mebibytes) {
        this.folder = folder;
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refusal =
                Signals.runs(
                        List.of(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=%dm,mode=700".formatted(mebibytes),
                                "tandem-ledger",
                                folder.toString()));
    }

    Path folder() {
        return folder;
    }

    boolean canBeFull() {
        return refusal.isEmpty();
    }

    /// Why it cannot be full.
    String refusal() {
        return "no disk can be mounted here: " + refusal;
    }

    /// Fills it to the last page.
    void fill() {
        var page = new byte[4_096];
        try (var filler = Files.newOutputStream(filler(), StandardOpenOption.CREATE_NEW)) {
            while (true) {
                filler.write(page);
            }
        } catch (IOException full) {
            // as was meant; who doubts it asks the server for a write
        }
    }

    void empty() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /// Lazily: a process that was just killed may still hold it for a moment.
    @Override
    public void close() {
        if (canBeFull()) {
            Signals.run(List.of("umount", "-l", folder.toString()));
        }
    }
}
