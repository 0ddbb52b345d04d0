package tandem.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The files that logins are kept in: one a profile, readable by their owner alone.
///
/// A file is replaced whole or not at all: a token that the server has rotated exists nowhere else,
/// so a power cut must leave either the old file or the new one.
final class Profiles {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .changeDefaultPropertyInclusion(
                            usual -> usual.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path directory;
    private final InstantSource clock;
    private final Sleeper sleeper;

    Profiles(Path directory, InstantSource clock, Sleeper sleeper) {
        this.directory = directory;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    Path file(ProfileName name) {
        return directory.resolve(name + ".json");
    }

    Optional<Profile> find(ProfileName name) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(name)), Profile.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            // Its message may quote the file, which holds tokens.
            throw new CommandFailure(
                    Exit.LOGIN_NEEDED,
                    "profile_damaged",
                    "%s is damaged; run: tandem login".formatted(file(name)));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    Profile get(ProfileName name) {
        return find(name)
                .orElseThrow(() ->
                        new CommandFailure(
                                Exit.LOGIN_NEEDED,
                                "not_logged_in",
                                "there is no login named '%s'; run: tandem login".formatted(name)));
    }

    /// Fails now rather than after a person has approved something that could not be kept.
    void ready() {
        try {
            prepare();
            Files.delete(Files.createTempFile(directory, ".ready", ".tmp"));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// Durable when it returns.
    void put(ProfileName name, Profile profile) {
        try {
            prepare();
            Path written =
                    directory.resolve("." + name + "." + ProcessHandle.current().pid() + ".tmp");
            Files.deleteIfExists(written);
            try {
                write(written, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(profile));
                Files.move(
                        written,
                        file(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(written);
            }
            syncDirectory();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void forget(ProfileName name) {
        try {
            Files.deleteIfExists(file(name));
            syncDirectory();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// Keeps every other process of this user off the profile until it is closed.
    ProfileLock lock(ProfileName name) throws InterruptedException {
        try {
            prepare();
            return ProfileLock.take(directory.resolve("." + name + ".lock"), clock, sleeper);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void prepare() throws IOException {
        if (!Files.isDirectory(directory)) {
            try {
                Files.createDirectories(directory, ownerOnly("rwx------"));
            } catch (FileAlreadyExistsException e) {
                throw new IOException(directory + " is not a directory", e);
            }
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownerOnly("rw-------"))) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /// A rename is durable once its directory is; Windows neither needs nor allows this.
    private void syncDirectory() throws IOException {
        if (POSIX && Files.isDirectory(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// Elsewhere the user's own folder carries the rights.
    static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private CommandFailure unusable(IOException e) {
        return new CommandFailure(
                Exit.FAILED,
                "profile_unusable",
                "the logins in %s cannot be used: %s".formatted(directory, e));
    }
}
