package tandem.cli;

import java.time.Duration;

/// What a login shows, step by step: to a person or to a program.
interface LoginView extends PollLoop.Watcher, AutoCloseable {

    void code(Codes codes);

    void linked(ProfileName name, Profile profile, Tokens tokens);

    void failed(Exit exit, String error, String description);

    /// Called from the JVM's own thread when the process has to stop.
    void interrupted();

    @Override
    void close();

    /// Minutes where they come out even, else seconds.
    static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= 60 && seconds % 60 == 0) {
            return seconds == 60 ? "1 minute" : seconds / 60 + " minutes";
        }
        return seconds == 1 ? "1 second" : seconds + " seconds";
    }
}
