package tandem.web;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many files and connections the system lets this process have.
final class OpenFiles {

    /// The rest is for the database, the libraries, the operations' listener and calls to others.
    private static final double SHARE = 0.75;

    private OpenFiles() {}

    /// As many connections as may be, at most `wanted`. A process that runs out of files would be
    /// given no further connection, and the HTTP library would then listen no more.
    static int connections(int wanted) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                ? (int) Math.min(wanted, os.getMaxFileDescriptorCount() * SHARE)
                : wanted;
    }
}
