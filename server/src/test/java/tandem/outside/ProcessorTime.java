package tandem.outside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The processor time that processes have used so far, as Linux counts it.
final class ProcessorTime {
    private static final double TICKS_A_SECOND = 100;

    // Places in /proc/PID/stat, counted from the field after the name.
    private static final int OWN = 11;
    private static final int ENDED_CHILDREN = 13;

    private ProcessorTime() {}

    static double seconds(long pid) {
        return seconds(pid, OWN);
    }

    /// Of a process and its children, those that have ended included.
    ///
    /// @param family the parent first
    static double seconds(List<Long> family) {
        double ended = seconds(family.getFirst(), ENDED_CHILDREN);
        return ended + family.stream().mapToDouble(ProcessorTime::seconds).sum();
    }

    private static double seconds(long pid, int place) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long user = Long.parseLong(fields[place]);
            long system = Long.parseLong(fields[place + 1]);
            return (user + system) / TICKS_A_SECOND;
        } catch (NoSuchFileException ended) {
            return 0; // its parent counts it now
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
