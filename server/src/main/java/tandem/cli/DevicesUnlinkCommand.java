package tandem.cli;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `tandem devices unlink`: ends links; the devices' next refresh is refused.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(name = "unlink", header = "Unlink devices: each must log in again to go on.")
final class DevicesUnlinkCommand extends Verb {

    private static final String SCOPE = "delete:device_credentials";

    @ParentCommand private DevicesCommand devices;

    @Mixin private OperatorOptions operator;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "As \"devices list\" shows them.")
    private List<String> ids;

    @Override
    Exit run() throws InterruptedException {
        ManagementClient client = operator.client(devices.surroundings(), SCOPE);
        Exit exit = Exit.OK;
        for (String id : ids) {
            if (client.unlink(id)) {
                devices.surroundings().out().println("Unlinked " + Terminal.clean(id));
            } else {
                err().println("tandem: there is no device " + Terminal.clean(id));
                exit = Exit.FAILED;
            }
        }
        return exit;
    }

    @Override
    PrintStream err() {
        return devices.surroundings().err();
    }
}
