package tandem.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands in a process of their own, as a shell starts them.
@Command(
        name = "tandem",
        subcommands = {
            LoginCommand.class,
            TokenCommand.class,
            LogoutCommand.class,
            DevicesCommand.class
        })
final class CliProcess {

    private CliProcess() {}

    static void main(String[] arguments) {
        System.exit(new CommandLine(new CliProcess()).execute(arguments));
    }

    static Process start(Path settings, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CliProcess.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(Map.of("TANDEM_CONFIG_DIR", settings.toString()));
        return process.start();
    }
}
