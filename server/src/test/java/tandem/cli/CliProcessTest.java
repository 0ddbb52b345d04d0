package tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tandem.cli.ScriptedServer.Line;

/// What only real processes show: the lock between them, and the end by a signal.
@SuppressWarnings("NullAway.Init") // JUnit fills the folder in
class CliProcessTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final int INTERRUPT_SIGNAL = 2;

    @TempDir private Path settings;
    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void two_processes_at_once_refresh_once() throws Exception {
        server.on(
                "/token",
                Line.json(200, "{'access_token':'at-2','expires_in':3600,'refresh_token':'rt-2'}"),
                Line.error("invalid_grant"));
        new Profiles(settings, Instant::now, Thread::sleep)
                .put(
                        CliScene.DEFAULT,
                        new Profile(
                                server.issuer(),
                                "tv",
                                Optional.empty(),
                                Optional.empty(),
                                "openid",
                                "at-1",
                                Optional.of(0L),
                                Optional.of("rt-1")));
        List<Process> processes = new ArrayList<>();
        try (ProfileLock _ =
                ProfileLock.take(settings.resolve(".default.lock"), Instant::now, Thread::sleep)) {
            processes.add(CliProcess.start(settings, "token"));
            processes.add(CliProcess.start(settings, "token"));
            // Both reach the lock while it is held; if one is late, the other's token is found.
            TimeUnit.SECONDS.sleep(3);
            assertThat(server.asked("/token")).isEmpty();
        }
        for (Process process : processes) {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.inputReader().readLine()).isEqualTo("at-2");
            assertThat(process.exitValue()).isZero();
        }
        assertThat(server.asked("/token")).hasSize(1);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no signals")
    void an_interrupt_ends_a_login_with_130_and_says_so() throws Exception {
        server.on("/device", Line.json(200, ScriptedServer.CODES));
        server.on("/token", Line.error("authorization_pending"));
        Process process =
                CliProcess.start(
                        settings,
                        "login",
                        "--json",
                        "--issuer",
                        server.issuer(),
                        "--client-id",
                        "tv");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).contains("\"step\":\"code\"");
            assumeFalse(ignoresInterrupts(process), "started where interrupts are ignored");
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(out.readLine()).contains("\"error\":\"interrupted\"");
        } finally {
            process.destroyForcibly();
        }
    }

    /// A shell starts background jobs so, and their children inherit it.
    private static boolean ignoresInterrupts(Process process) throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return false;
        }
        String mask =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> line.substring("SigIgn:".length()).strip())
                        .findFirst()
                        .orElse("0");
        return (Long.parseUnsignedLong(mask, 16) & 1L << (INTERRUPT_SIGNAL - 1)) != 0;
    }
}
