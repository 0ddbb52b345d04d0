package tandem.cli;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What a command takes from the process it runs in.
///
/// The terminal is asked for late: looking at it starts a process, and commands are created at
/// every start of the program, also when another one is meant.
record Surroundings(
        Map<String, String> environment,
        Supplier<Terminal> terminal,
        PrintStream out,
        PrintStream err,
        InstantSource clock,
        Sleeper sleeper,
        RandomGenerator random) {

    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                () -> Terminal.probe(System.getenv(), System.out),
                System.out,
                System.err,
                InstantSource.system(),
                Thread::sleep,
                new SecureRandom());
    }

    Wire wire() {
        return new Wire(clock);
    }

    Retries retries() {
        return new Retries(clock, sleeper, random);
    }

    Profiles profiles() {
        return new Profiles(ConfigDirectory.find(environment), clock, sleeper);
    }
}
