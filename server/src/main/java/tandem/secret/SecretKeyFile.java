package tandem.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/// The file that holds the secret keys: one line each, `id base64`, newest first; `#` comments.
public final class SecretKeyFile {

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 6;
    private static final long FILE_MAX = 64 * 1024;

    private SecretKeyFile() {}

    /// One key of the file.
    record Key(String id, SecretKeySpec ikm) {}

    /// Reads the file; makes it first when there is none.
    ///
    /// It is written beside its place, synced, and linked into it, so that two nodes starting at
    /// once agree on one key and a crash leaves no half of one.
    ///
    /// @throws IOException with what is wrong and what to do
    public static SecretKeys open(Path file, SecureRandom random) throws IOException {
        if (Files.notExists(file)) {
            create(file, random);
        }
        return new SecretKeys(read(file), random);
    }

    private static List<Key> read(Path file) throws IOException {
        if (Files.size(file) > FILE_MAX) {
            throw new IOException("secret_key_file " + file + " is too large to be a key file");
        }
        var keys = new ArrayList<Key>();
        int number = 0;
        for (var line : Files.readAllLines(file)) {
            number++;
            var text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            keys.add(parse(file, number, text));
        }
        if (keys.isEmpty()) {
            throw new IOException("secret_key_file " + file + " holds no key");
        }
        return keys;
    }

    private static Key parse(Path file, int number, String line) throws IOException {
        var parts = line.split(" ", -1);
        try {
            var bytes = parts.length == 2 ? Base64.getDecoder().decode(parts[1]) : new byte[0];
            if (bytes.length == KEY_BYTES && !parts[0].contains(":")) {
                return new Key(parts[0], new SecretKeySpec(bytes, "HKDF"));
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the same message: the line's content must not be repeated.
        }
        throw new IOException(
                "secret_key_file "
                        + file
                        + ", line "
                        + number
                        + ": expected an id, a space and 32 bytes in base64");
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("secret_key_file " + file + " names no file");
        }
        Files.createDirectories(folder);
        var id = new byte[ID_BYTES];
        var key = new byte[KEY_BYTES];
        random.nextBytes(id);
        random.nextBytes(key);
        var content =
                "# The secret key of a Tandem installation. Keep it apart from the database's"
                        + " backups.\n"
                        + Base64.getUrlEncoder().encodeToString(id)
                        + " "
                        + Base64.getEncoder().encodeToString(key)
                        + "\n";
        var draft = Files.createTempFile(folder, ".secret", ".tmp", ownerOnly());
        try {
            writeSynced(draft, content);
            place(draft, file);
            syncFolder(folder);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// A hard link fails when another process was first; a move would overwrite its key.
    private static void place(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException another) {
            // The other process's key is read instead.
        } catch (UnsupportedOperationException | AtomicMoveNotSupportedException e) {
            Files.move(draft, file);
        }
    }

    private static void writeSynced(Path draft, String content) throws IOException {
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private static void syncFolder(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Some systems cannot open a folder; there the file's own sync must do.
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        var views = FileSystems.getDefault().supportedFileAttributeViews();
        if (!views.containsAll(Set.of("posix"))) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
