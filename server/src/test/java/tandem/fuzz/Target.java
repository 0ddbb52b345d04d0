package tandem.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tandem.web.WebParsers;

/// What is fed.
///
/// @param instrumented the code whose reaching guides the search
/// @param good inputs to begin with
record Target(String name, String instrumented, List<String> good, Start start) {

    static final List<Target> ALL =
            List.of(
                    new Target(
                            "web-parsers",
                            "tandem.web.**",
                            ParserSeeds.WEB,
                            folder -> new WebParsers(folder)::read));

    /// Makes what is fed, in a folder of its own.
    @FunctionalInterface
    interface Start {
        Fuzzed in(Path folder) throws Exception;
    }

    static Target named(String name) {
        return ALL.stream()
                .filter(target -> target.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is named " + name));
    }

    List<byte[]> seeds() {
        return good.stream().map(seed -> seed.getBytes(StandardCharsets.UTF_8)).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
