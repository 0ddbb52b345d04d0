package tandem.fuzz;

import java.nio.file.Path;

/// What Jazzer calls, by these names, in the process that [Campaign] starts.
public final class InJazzer {
    private static volatile Fuzzed fuzzed = input -> {};

    private InJazzer() {}

    /// Starts the target.
    ///
    /// @param args the target, and a folder of its own
    public static void fuzzerInitialize(String[] args) {
        try {
            var target = Target.named(args[0]);
            var fed = target.start().in(Path.of(args[1]));
            fuzzed =
                    new Fuzzed() {
                        @Override
                        public void take(byte[] drawn) throws Exception {
                            fed.take(target.made(drawn));
                        }

                        @Override
                        public void close() {
                            fed.close();
                        }
                    };
        } catch (Throwable e) {
            ended(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        fuzzed.take(input);
    }

    public static void fuzzerTearDown() {
        try {
            fuzzed.close();
        } catch (Throwable e) {
            ended(e);
        }
    }

    /// Jazzer would tell it late or never, and not end.
    private static void ended(Throwable e) {
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
