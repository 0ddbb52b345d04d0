package tandem.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tandem.app.FileParsers;
import tandem.token.TokenParsers;
import tandem.web.WebParsers;

/// What is fed.
///
/// @param instrumented the code whose reaching guides the search
/// @param good inputs to begin with
/// @param edits when inputs are changes to the good ones; else they are what is fed
record Target(
        String name, String instrumented, List<String> good, Optional<Edits> edits, Start start) {

    static final List<Target> ALL =
            List.of(
                    bytes(
                            "web-parsers",
                            "tandem.web.**",
                            ParserSeeds.WEB,
                            folder -> new WebParsers(folder)::read),
                    bytes(
                            "parameters",
                            "tandem.oauth.**:tandem.token.**:tandem.model.**:tandem.page.Languages",
                            ParserSeeds.PARAMETERS,
                            folder -> new TokenParsers(folder)::readText),
                    edits(
                            "signed",
                            "tandem.token.**:tandem.keys.**:com.nimbusds.jose.*:com.nimbusds.jose.jwk.*",
                            ParserSeeds.SIGNED,
                            folder -> new TokenParsers(folder)::readSigned),
                    edits(
                            "files",
                            "tandem.app.**:tandem.manage.**:tandem.store.*",
                            ParserSeeds.FILES,
                            folder -> FileParsers::readFile),
                    bytes(
                            "settings",
                            "tandem.app.**:tandem.model.**",
                            ParserSeeds.SETTINGS,
                            folder -> FileParsers::readValue),
                    edits(
                            "http",
                            "tandem.web.**:io.helidon.http.*:io.helidon.webserver.http1.*",
                            RequestSeeds.RAW,
                            folder -> new Scene(folder).raw()),
                    endpoint("oauth", "tandem.device.**:tandem.keys.**", RequestSeeds.OAUTH),
                    endpoint(
                            "pages",
                            "tandem.device.**:tandem.account.**:tandem.page.**",
                            RequestSeeds.PAGES),
                    endpoint("management", "tandem.manage.**", RequestSeeds.MANAGEMENT));

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

    private static Target bytes(String name, String instrumented, List<String> good, Start start) {
        return new Target(name, instrumented, good, Optional.empty(), start);
    }

    private static Target edits(String name, String instrumented, List<String> good, Start start) {
        return new Target(name, instrumented, good, Optional.of(new Edits(good)), start);
    }

    private static Target endpoint(String name, String more, List<String> good) {
        var shared = "tandem.web.**:tandem.token.**:tandem.oauth.**:";
        return edits(name, shared + more, good, Scene::new);
    }

    /// The good inputs, as they are fed.
    List<byte[]> goodBytes() {
        return Edits.asTheyAre(good);
    }

    /// What the search begins with.
    List<byte[]> seeds(RandomGenerator random) {
        return edits.map(e -> e.seeds(random)).orElseGet(this::goodBytes);
    }

    /// What is worth putting into an input whole.
    List<byte[]> words(RandomGenerator random) {
        return edits.map(e -> e.words(random)).orElseGet(() -> Edits.asTheyAre(Words.ALL));
    }

    /// What is fed, of what was drawn.
    byte[] made(byte[] drawn) {
        return edits.map(e -> e.made(drawn)).orElse(drawn);
    }

    @Override
    public String toString() {
        return name;
    }
}
