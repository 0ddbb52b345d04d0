package tandem.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The command line's root: every verb of `tandem` hangs on it.
@Command(
        name = "tandem",
        description = "OAuth 2.0 device authorization: signs in televisions by a code and a phone.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class Main implements Runnable {
    private Main() {}

    static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /// Without a verb there is nothing to do but to say which there are.
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /// The version that the build wrote into the jar; outside a jar there is none.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"tandem " + (version == null ? "(not packaged)" : version)};
        }
    }
}
