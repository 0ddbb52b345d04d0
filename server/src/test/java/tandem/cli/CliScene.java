package tandem.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import picocli.CommandLine;

/// A user's machine for one test: settings, standard output and error, time, and a server to talk
/// to.
final class CliScene implements AutoCloseable {

    static final ProfileName DEFAULT = new ProfileName(ProfileName.DEFAULT);

    final ScriptedServer server = new ScriptedServer();
    final FakeTime time = new FakeTime();
    final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private boolean interactive;

    CliScene(Path settings) {
        environment.put("TANDEM_CONFIG_DIR", settings.toString());
        environment.put("TERM", "xterm-256color");
    }

    CliScene atATerminal() {
        interactive = true;
        return this;
    }

    int run(Function<Surroundings, Callable<Integer>> command, String... arguments) {
        out.reset();
        err.reset();
        CommandLine line = new CommandLine(command.apply(surroundings()));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        return line.execute(arguments);
    }

    Surroundings surroundings() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Surroundings(
                environment,
                () -> Terminal.of(environment, stream, interactive, 80, 50),
                stream,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                time,
                time,
                middling());
    }

    /// Jitter of exactly nothing.
    static RandomGenerator middling() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return 0.5;
            }
        };
    }

    Profiles profiles() {
        return surroundings().profiles();
    }

    /// A stored login whose access token has the given time left.
    CliScene loggedIn(long secondsLeft) {
        profiles()
                .put(
                        DEFAULT,
                        new Profile(
                                server.issuer(),
                                "tv",
                                Optional.empty(),
                                Optional.empty(),
                                "openid offline_access",
                                "at-1",
                                Optional.of(time.instant().getEpochSecond() + secondsLeft),
                                Optional.of("rt-1")));
        return this;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    Path file(String name) {
        return Path.of(environment.getOrDefault("TANDEM_CONFIG_DIR", "")).resolve(name);
    }

    String secretFile(String secret) {
        try {
            return Files.writeString(file("secret.txt"), secret + "\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
