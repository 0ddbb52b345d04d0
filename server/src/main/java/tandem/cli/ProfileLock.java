package tandem.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// One process at a time on one profile: a refresh token is good once, so two must not spend it.
///
/// The system gives the lock back when its holder dies. The file itself stays: removing it would
/// let one process lock a file that another can no longer see.
final class ProfileLock implements AutoCloseable {

    /// Longer than a holder can take: its retries, and the time-out of the last one.
    static final Duration PATIENCE =
            Retries.BUDGET.multipliedBy(2).plus(Wire.REQUEST_TIMEOUT.multipliedBy(2));

    private static final Duration STEP = Duration.ofMillis(50);

    private final FileChannel channel;

    private ProfileLock(FileChannel channel) {
        this.channel = channel;
    }

    static ProfileLock take(Path file, InstantSource clock, Sleeper sleeper)
            throws IOException, InterruptedException {
        Instant deadline = clock.instant().plus(PATIENCE);
        FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        Profiles.ownerOnly("rw-------"));
        try {
            while (tried(channel).isEmpty()) {
                if (clock.instant().isAfter(deadline)) {
                    throw new CommandFailure(
                            Exit.FAILED,
                            "profile_busy",
                            "another tandem command holds this profile and does not finish");
                }
                sleeper.sleep(STEP);
            }
            return new ProfileLock(channel);
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Another thread of this process counts like another process.
    private static Optional<FileLock> tried(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
