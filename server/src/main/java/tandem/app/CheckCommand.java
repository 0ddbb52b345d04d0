package tandem.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `tandem check`: every mistake of the configuration and of the resources, without a start.
@SuppressWarnings("NullAway.Init") // picocli fills these in
@Command(
        name = "check",
        header = "Check the configuration and the resources, and tell every mistake.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    private static final int GOOD = 0;
    private static final int MISTAKEN = 1;

    @Mixin private ConfigFiles files;
    @Spec private CommandSpec spec;

    private final Map<String, String> environment;
    private final Function<JsonNode, List<Mistake>> resourceCheck;

    /// @param resourceCheck finds the mistakes of one resource file
    CheckCommand(Map<String, String> environment, Function<JsonNode, List<Mistake>> resourceCheck) {
        this.environment = environment;
        this.resourceCheck = resourceCheck;
    }

    @Override
    public Integer call() {
        var checked = Checked.check(files, environment, resourceCheck);
        var line = spec.commandLine();
        if (checked.isGood()) {
            line.getOut()
                    .println(files.names() + (files.apply().isEmpty() ? " is good" : " are good"));
            return GOOD;
        }
        checked.mistakes().forEach(line.getErr()::println);
        line.getErr().println(checked.sum());
        return MISTAKEN;
    }
}
