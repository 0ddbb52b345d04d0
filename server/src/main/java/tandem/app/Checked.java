package tandem.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The configuration and the resource files, read and checked together, so that all mistakes of all
/// of them are told at once.
///
/// @param config present when it has no mistake
/// @param faulty those with mistakes, in the order they were named
record Checked(Optional<Config> config, List<Document> resources, List<Faulty> faulty) {

    /// A file, or the environment, and what is wrong with it.
    record Faulty(String name, List<String> mistakes) {}

    static Checked check(
            ConfigFiles files,
            Map<String, String> environment,
            Function<JsonNode, List<Mistake>> resourceCheck) {
        var faulty = new ArrayList<Faulty>();
        var file = files.config().map(Document::read);
        Optional<Config> config = Optional.empty();
        switch (ConfigReader.read(file, environment)) {
            case Reading.Good(var good) -> config = Optional.of(good);
            case Reading.Bad(var inFile, var inEnvironment) -> {
                file.ifPresent(document -> add(faulty, document.name(), inFile));
                add(faulty, "the environment", inEnvironment);
            }
        }
        var resources = files.apply().stream().map(Document::read).toList();
        for (var document : resources) {
            var found =
                    document.isBroken() ? List.<Mistake>of() : resourceCheck.apply(document.root());
            add(faulty, document.name(), document.told(found));
        }
        return new Checked(config, resources, List.copyOf(faulty));
    }

    boolean isGood() {
        return faulty.isEmpty();
    }

    List<String> mistakes() {
        return faulty.stream().flatMap(one -> one.mistakes().stream()).toList();
    }

    /// The sum of it, as `3 mistakes in tandem.yaml`.
    String sum() {
        int count = mistakes().size();
        return count
                + (count == 1 ? " mistake in " : " mistakes in ")
                + String.join(" and ", faulty.stream().map(Faulty::name).toList());
    }

    private static void add(List<Faulty> faulty, String name, List<String> mistakes) {
        if (!mistakes.isEmpty()) {
            faulty.add(new Faulty(Printable.of(name), mistakes));
        }
    }
}
