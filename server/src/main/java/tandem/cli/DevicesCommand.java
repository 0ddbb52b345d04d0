package tandem.cli;

import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tandem devices`: the operator's verbs on linked devices.
@SuppressWarnings("NullAway.Init") // picocli fills the specification in
@Command(
        name = "devices",
        header = "List and unlink the devices that are linked at a server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DevicesListCommand.class, DevicesUnlinkCommand.class})
public final class DevicesCommand extends Verb {

    @Spec private CommandSpec spec;

    private final Surroundings surroundings;

    /// As the command line creates it.
    public DevicesCommand() {
        this(Surroundings.ofProcess());
    }

    DevicesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    @Override
    Exit run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or unlink");
    }

    @Override
    PrintStream err() {
        return surroundings.err();
    }
}
