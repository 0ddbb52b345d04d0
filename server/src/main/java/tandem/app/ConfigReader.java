package tandem.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tandem.manage.Nearest;
import tandem.oauth.Profile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Makes a [Config] of a file and the environment, which wins; or says all that is wrong.
final class ConfigReader {

    private static final int PROXIES_MAX = 1000;
    private static final Duration EVENTS_KEPT_MIN = Duration.ofDays(1);
    private static final Duration EVENTS_KEPT_MAX = Duration.ofDays(3_650);
    private static final List<String> PROFILES = List.of("rfc", "auth0");

    private final Mistakes mistakes = new Mistakes();
    private final JsonNode root;
    private final boolean hasFile;
    private final Environment environment;
    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);

    private ConfigReader(Optional<Document> file, Map<String, String> variables) {
        this.root = file.map(Document::root).orElse(JsonNodeFactory.instance.objectNode());
        this.hasFile = file.isPresent();
        this.environment = new Environment(variables, mistakes);
        for (var setting : Setting.values()) {
            var written = root.path(setting.key());
            environment
                    .given(setting)
                    .or(() -> Optional.of(new Given(written, setting.key(), false)))
                    .filter(one -> !one.value().isMissingNode() && !one.value().isNull())
                    .ifPresent(one -> given.put(setting, one));
        }
    }

    /// @param file none: everything comes from the environment
    static Reading read(Optional<Document> file, Map<String, String> variables) {
        var reader = new ConfigReader(file, variables);
        // Behind a broken syntax stands no content, and all that is missing would be noise.
        var config =
                file.filter(Document::isBroken).isPresent()
                        ? Optional.<Config>empty()
                        : reader.config();
        var inFile =
                file.map(document -> document.told(reader.mistakes.inFile())).orElse(List.of());
        var inEnvironment = reader.mistakes.inEnvironment();
        return config.isPresent() && inFile.isEmpty() && inEnvironment.isEmpty()
                ? new Reading.Good(config.get())
                : new Reading.Bad(inFile, inEnvironment);
    }

    private Optional<Config> config() {
        if (!root.isObject()) {
            mistakes.inFile("", "holds no keys, such as issuer: https://login.example.com");
            return Optional.empty();
        }
        findUnknown();
        refuseUnavailable();
        var issuer = issuer();
        var listen = scalar(Setting.LISTEN, HostAndPort::parse);
        var management = scalar(Setting.MANAGEMENT, HostAndPort::parse);
        var database = scalar(Setting.DATABASE, Database::parse);
        var proxies = proxies();
        var secretKeyFile = secretKeyFile(database);
        var profile = scalar(Setting.PROFILE, ConfigReader::profile);
        var limits = new LimitsReader(mistakes).read(given(Setting.LIMITS), environment);
        var eventsKept = scalar(Setting.EVENTS_KEPT, ConfigReader::eventsKept);
        var tls =
                new TlsReader(mistakes, environment, InstantSource.system())
                        .read(
                                given(Setting.TLS),
                                issuer.map(url -> url.getScheme().equals("https")).orElse(true));
        checkListeners(listen, management, proxies);
        // What is missing here has been told.
        if (issuer.isEmpty()
                || listen.isEmpty()
                || management.isEmpty()
                || database.isEmpty()
                || secretKeyFile.isEmpty()
                || profile.isEmpty()
                || eventsKept.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Config(
                        issuer.get(),
                        listen.get(),
                        management.get(),
                        database.get(),
                        proxies.orElse(List.of()),
                        secretKeyFile.get(),
                        profile.get(),
                        tls,
                        limits,
                        eventsKept.get()));
    }

    private void findUnknown() {
        var known = Setting.keys();
        for (var key : root.propertyNames()) {
            if (!known.contains(key)) {
                mistakes.inFile(key, "is no key of Tandem" + Nearest.question(key, known));
            }
        }
        environment.findUnknown();
    }

    private void refuseUnavailable() {
        given(Setting.PLACES)
                .ifPresent(places ->
                        mistakes.add(places, "is not available in this version; leave it out"));
    }

    private static Parsed<Profile> profile(String name) {
        return switch (name) {
            case "rfc" -> Parsed.good(Profile.RFC);
            case "auth0" -> Parsed.good(Profile.AUTH0);
            default ->
                    Parsed.bad(
                            Printable.quoted(name)
                                    + " is no profile"
                                    + Nearest.question(name, PROFILES));
        };
    }

    private static Parsed<Duration> eventsKept(String text) {
        return Durations.within(EVENTS_KEPT_MIN, EVENTS_KEPT_MAX, text);
    }

    private Optional<URI> issuer() {
        var given = given(Setting.ISSUER);
        if (given.isPresent()) {
            return mistakes.scalar(given.get(), IssuerUrl::parse);
        }
        var missing =
                "is missing; it is the URL by which devices and browsers reach Tandem, such as"
                        + " https://login.example.com";
        if (hasFile) {
            mistakes.inFile(Setting.ISSUER.key(), missing);
        } else {
            mistakes.inEnvironment(Setting.ISSUER.variable(), missing);
        }
        return Optional.empty();
    }

    private Optional<List<String>> proxies() {
        var given = given(Setting.TRUSTED_PROXIES);
        if (given.isEmpty()) {
            return Optional.of(List.of());
        }
        var list = given.get();
        if (!list.value().isArray() || list.value().size() > PROXIES_MAX) {
            mistakes.add(
                    list,
                    list.value().isArray()
                            ? "holds more than " + PROXIES_MAX + " entries"
                            : "is not a list, such as [10.0.0.7, 192.168.0.0/16]");
            return Optional.empty();
        }
        var blocks = new LinkedHashSet<String>();
        for (int i = 0; i < list.value().size(); i++) {
            mistakes.scalar(list.item(i), AddressBlock::parse).ifPresent(blocks::add);
        }
        return Optional.of(new ArrayList<>(blocks));
    }

    private Optional<Path> secretKeyFile(Optional<Database> database) {
        var given = given(Setting.SECRET_KEY_FILE);
        if (given.isEmpty()) {
            return database.map(ConfigReader::besides);
        }
        var file = mistakes.scalar(given.get(), ConfigReader::keyFile);
        if (file.isPresent() && database.equals(file.map(Database.Sqlite::new))) {
            mistakes.add(given.get(), "is the database's file; the key needs one of its own");
        }
        return file;
    }

    private static Parsed<Path> keyFile(String text) {
        return text.isBlank() ? Parsed.bad("names no file") : Database.file(text);
    }

    private static Path besides(Database database) {
        return switch (database) {
            case Database.Sqlite(var file) -> file.resolveSibling("secret.key");
            case Database.Postgresql _ -> Path.of("./data/secret.key");
        };
    }

    /// Plain HTTP is for this machine alone, and for the proxy that speaks TLS to all others.
    private void checkListeners(
            Optional<HostAndPort> listen,
            Optional<HostAndPort> management,
            Optional<List<String>> proxies) {
        var open = listen.filter(address -> !address.isLoopback());
        if (open.isPresent() && proxies.filter(List::isEmpty).isPresent() && !wantsTls()) {
            given(Setting.LISTEN)
                    .ifPresent(given ->
                            mistakes.add(
                                    given,
                                    open.get()
                                            + " would speak plain HTTP to other machines; listen on"
                                            + " 127.0.0.1:"
                                            + open.get().port()
                                            + ", name a certificate in tls, or name the proxy"
                                            + " that speaks TLS in trusted_proxies"));
        }
        if (listen.isPresent() && listen.equals(management) && listen.get().port() != 0) {
            given(Setting.MANAGEMENT)
                    .or(() -> given(Setting.LISTEN))
                    .ifPresent(given ->
                            mistakes.add(
                                    given,
                                    listen.get() + " is taken by both listen and management"));
        }
    }

    /// Also when what is given has mistakes: those are told, and this one is none.
    private boolean wantsTls() {
        return given(Setting.TLS).isPresent()
                || environment.givenOfTls(TlsReader.CERTIFICATE).isPresent()
                || environment.givenOfTls(TlsReader.KEY).isPresent();
    }

    /// The value that was given, or else the standard one.
    private <T> Optional<T> scalar(Setting setting, Function<String, Parsed<T>> parser) {
        var standard = JsonNodeFactory.instance.stringNode(setting.standard());
        return mistakes.scalar(
                given(setting).orElse(new Given(standard, setting.key(), false)), parser);
    }

    private Optional<Given> given(Setting setting) {
        return Optional.ofNullable(given.get(setting));
    }
}
