package tandem.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tandem.manage.Nearest;
import tandem.web.Limits.Limit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The variables that begin with `TANDEM_`. One nobody knows is a mistake, as an unknown key is.
final class Environment {

    /// Names that belong to the launcher and to the other commands.
    static final List<String> OTHERS =
            List.of(
                    LogFormat.VARIABLE,
                    "TANDEM_CLIENT_SECRET",
                    "TANDEM_CONFIG_DIR",
                    "TANDEM_HOME",
                    "TANDEM_JAVA_OPTS");

    /// What Kubernetes puts into every container when a service is called `tandem`.
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "TANDEM_(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP).*)?)");

    private static final int FILE_MAX = 64 * 1024;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, String> variables;
    private final Mistakes mistakes;

    Environment(Map<String, String> variables, Mistakes mistakes) {
        // In order, so that mistakes are.
        this.variables = new TreeMap<>(variables);
        this.mistakes = mistakes;
    }

    /// The name of one limit's variable.
    static String variable(Limit limit) {
        return Setting.LIMITS.variable() + "_" + limit.wire().toUpperCase(Locale.ROOT);
    }

    void findUnknown() {
        var known = known();
        variables.keySet().stream()
                .filter(name -> name.startsWith(Setting.PREFIX))
                .filter(name -> !known.contains(name) && !SERVICE_LINK.matcher(name).matches())
                .forEach(name -> mistakes.inEnvironment(name, unknown(name, known)));
    }

    private static String unknown(String name, List<String> known) {
        return "is no variable of Tandem" + Nearest.question(name, known);
    }

    Optional<Given> given(Setting setting) {
        var direct = Optional.ofNullable(variables.get(setting.variable()));
        var file = setting.fileVariable().filter(variables::containsKey);
        if (file.isEmpty()) {
            return direct.flatMap(text -> given(setting.variable(), node(setting, text)));
        }
        if (direct.isPresent()) {
            mistakes.inEnvironment(file.get(), setting.variable() + " is set too; set one of them");
            return Optional.empty();
        }
        return content(file.get()).map(text -> new Given(NODES.stringNode(text), file.get(), true));
    }

    Optional<Given> given(Limit limit) {
        var name = variable(limit);
        return Optional.ofNullable(variables.get(name))
                .flatMap(text -> given(name, yaml(name, text)));
    }

    /// @param part `certificate` or `key`
    Optional<Given> givenOfTls(String part) {
        var name = variableOfTls(part);
        return Optional.ofNullable(variables.get(name))
                .map(text -> new Given(NODES.stringNode(text), name, true));
    }

    static String variableOfTls(String part) {
        return Setting.TLS.variable() + "_" + part.toUpperCase(Locale.ROOT);
    }

    private static Optional<Given> given(String name, Optional<JsonNode> value) {
        return value.map(node -> new Given(node, name, true));
    }

    private Optional<JsonNode> node(Setting setting, String text) {
        return switch (setting) {
            case TRUSTED_PROXIES -> Optional.of(list(text));
            case LIMITS, TLS -> yaml(setting.variable(), text);
            case ISSUER,
                    LISTEN,
                    MANAGEMENT,
                    DATABASE,
                    SECRET_KEY_FILE,
                    PROFILE,
                    EVENTS_KEPT,
                    PLACES ->
                    Optional.of(NODES.stringNode(text));
        };
    }

    /// An empty variable is an empty list.
    private static JsonNode list(String text) {
        var list = NODES.arrayNode();
        Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !text.isBlank())
                .forEach(list::add);
        return list;
    }

    private Optional<JsonNode> yaml(String name, String text) {
        var document = Document.of(name, text);
        document.told(List.of()).forEach(told -> mistakes.inEnvironment(name, "is not YAML"));
        return document.isBroken() ? Optional.empty() : Optional.of(document.root());
    }

    private Optional<String> content(String variable) {
        var name = variables.getOrDefault(variable, "");
        try (var in = Files.newInputStream(Path.of(name))) {
            var bytes = in.readNBytes(FILE_MAX);
            return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (IOException | InvalidPathException e) {
            mistakes.inEnvironment(variable, "cannot read the file " + Printable.quoted(name));
            return Optional.empty();
        }
    }

    private static List<String> known() {
        var known = new ArrayList<>(OTHERS);
        for (var setting : Setting.values()) {
            known.add(setting.variable());
            setting.fileVariable().ifPresent(known::add);
        }
        known.add(variableOfTls(TlsReader.CERTIFICATE));
        known.add(variableOfTls(TlsReader.KEY));
        for (var limit : Limit.values()) {
            known.add(variable(limit));
        }
        return known;
    }
}
