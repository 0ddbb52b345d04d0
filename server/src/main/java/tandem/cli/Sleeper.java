package tandem.cli;

import java.time.Duration;

/// Lets time pass; handed in, so that a test need not.
interface Sleeper {

    void sleep(Duration duration) throws InterruptedException;
}
