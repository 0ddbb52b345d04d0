package tandem.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tandem.app.FileParsers;
import tandem.token.TokenParsers;
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
                            folder -> new WebParsers(folder)::read),
                    new Target(
                            "parameters",
                            "tandem.oauth.**:tandem.token.**:tandem.model.**:tandem.page.Languages",
                            ParserSeeds.PARAMETERS,
                            folder -> new TokenParsers(folder)::readText),
                    new Target(
                            "signed",
                            "tandem.token.**:tandem.keys.**:com.nimbusds.jose.*:com.nimbusds.jose.jwk.*",
                            ParserSeeds.SIGNED,
                            folder -> new TokenParsers(folder)::readSigned),
                    new Target(
                            "files",
                            "tandem.app.**:tandem.manage.**:tandem.store.*",
                            ParserSeeds.FILES,
                            folder -> FileParsers::readFile),
                    new Target(
                            "settings",
                            "tandem.app.**:tandem.model.**",
                            ParserSeeds.SETTINGS,
                            folder -> FileParsers::readValue),
                    new Target(
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

    private static Target endpoint(String name, String more, List<String> good) {
        return new Target(
                name, "tandem.web.**:tandem.token.**:tandem.oauth.**:" + more, good, Scene::new);
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
