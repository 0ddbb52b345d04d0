package tandem.store;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tandem.model.Api;
import tandem.model.Client;
import tandem.model.ClientGrant;
import tandem.model.Connection;
import tandem.model.SigningAlgorithm;
import tandem.model.Tenant;
import tandem.model.TokenDialect;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.oauth.Sealed;
import tandem.oauth.SecretHash;
import tandem.oauth.UserCode;
import tandem.oauth.UserCodeFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is registered, as JSON: one form for the tables, the Management API and resource files.
///
/// Durations are whole seconds. A missing member is read as its standard value, so that documents
/// written before it existed stay readable; an unknown one is passed over. Secrets are in no
/// document: they are handed in beside it. Forms are checked here, bounds are not.
public final class Documents {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Documents() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static String text(JsonNode tree) {
        return JSON.writeValueAsString(tree);
    }

    public static JsonNode parse(String document) {
        return JSON.readTree(document);
    }

    public static ObjectNode tree(Client client) {
        return ClientDocument.tree(client);
    }

    /// Reads a client.
    ///
    /// @param secret what `client_secret` comes to; it stands in no document
    public static Client client(JsonNode document, Optional<SecretHash> secret) {
        return ClientDocument.read(Members.of(document), secret);
    }

    public static ObjectNode tree(Api api) {
        var tree = object();
        tree.put("identifier", api.identifier());
        tree.put("name", api.name());
        var scopes = tree.putArray("scopes");
        for (var scope : api.scopes()) {
            scopes.addObject().put("value", scope.value()).put("description", scope.description());
        }
        tree.put("token_lifetime", seconds(api.tokenLifetime()));
        tree.put("allow_offline_access", api.allowOfflineAccess());
        tree.put("signing_alg", api.signingAlg().wire());
        tree.put("token_dialect", word(api.tokenDialect()));
        var details = tree.putArray("authorization_details");
        for (var known : api.detailTypes()) {
            details.addObject().put("type", known.type()).put("description", known.description());
        }
        return tree;
    }

    public static Api api(JsonNode document) {
        var members = Members.of(document);
        var identifier = members.required("identifier");
        return new Api(
                identifier,
                members.text("name", identifier),
                members.objects("scopes").stream()
                        .map(s -> new Api.Scope(s.required("value"), s.text("description", "")))
                        .toList(),
                members.seconds("token_lifetime", Api.TOKEN_LIFETIME),
                members.flag("allow_offline_access", false),
                algorithm(members, "signing_alg"),
                members.oneOf(
                        "token_dialect",
                        TokenDialect.values(),
                        Documents::word,
                        TokenDialect.ACCESS_TOKEN),
                members.objects("authorization_details").stream()
                        .map(d -> new Api.DetailType(d.required("type"), d.text("description", "")))
                        .toList());
    }

    public static ObjectNode tree(Tenant tenant) {
        var tree = object();
        tree.put("friendly_name", tenant.friendlyName());
        tenant.defaultAudience().ifPresent(audience -> tree.put("default_audience", audience));
        tree.putObject("device_flow")
                .put("charset", word(tenant.userCodes().charset()))
                .put("mask", tenant.userCodes().mask())
                .put("enabled", tenant.deviceFlowEnabled());
        tenant.accentColor().ifPresent(color -> tree.put("accent_color", color));
        tenant.logo().ifPresent(logo -> tree.put("logo", logo));
        return tree;
    }

    public static Tenant tenant(JsonNode document) {
        var members = Members.of(document);
        var flow = members.object("device_flow");
        var standard = Tenant.STANDARD;
        var charset =
                flow.oneOf(
                        "charset",
                        UserCode.Charset.values(),
                        Documents::word,
                        standard.userCodes().charset());
        var mask = flow.text("mask", standard.userCodes().mask());
        UserCodeFormat.mistake(charset, mask)
                .ifPresent(mistake -> {
                    throw new InvalidDocument("device_flow", mistake);
                });
        return new Tenant(
                members.text("friendly_name", standard.friendlyName()),
                members.text("default_audience"),
                new UserCodeFormat(charset, mask),
                flow.flag("enabled", standard.deviceFlowEnabled()),
                members.text("accent_color"),
                members.text("logo"));
    }

    public static ObjectNode tree(ClientGrant grant) {
        var tree = object();
        tree.put("id", grant.id());
        tree.put("client_id", grant.client().value());
        tree.put("audience", grant.audience());
        tree.set("scope", array(grant.scope().values()));
        return tree;
    }

    public static ClientGrant clientGrant(JsonNode document) {
        var members = Members.of(document);
        return new ClientGrant(
                members.required("id"),
                new ClientId(members.required("client_id")),
                members.required("audience"),
                new Scopes(members.texts("scope").orElse(List.of())));
    }

    public static ObjectNode tree(Connection connection) {
        var tree = object();
        tree.put("name", connection.name());
        tree.put("strategy", word(connection.strategy()));
        tree.put("display_name", connection.displayName());
        connection
                .provider()
                .ifPresent(provider ->
                        tree.putObject("options")
                                .put("issuer", provider.issuer())
                                .put("client_id", provider.clientId()));
        return tree;
    }

    /// Reads a connection.
    ///
    /// @param clientSecret what `options.client_secret` comes to; needed for a provider, and in no
    ///   document
    public static Connection connection(JsonNode document, Optional<Sealed> clientSecret) {
        var members = Members.of(document);
        var name = members.required("name");
        var strategy =
                members.find(
                        "strategy",
                        members.required("strategy"),
                        Connection.Strategy.values(),
                        Documents::word);
        return new Connection(
                name,
                strategy,
                members.text("display_name", name),
                switch (strategy) {
                    case PASSWORD -> Optional.empty();
                    case OIDC -> Optional.of(provider(members.object("options"), clientSecret));
                });
    }

    private static Connection.Provider provider(Members options, Optional<Sealed> clientSecret) {
        return new Connection.Provider(
                options.required("issuer"),
                options.required("client_id"),
                clientSecret.orElseThrow(() -> options.wrong("client_secret", "is missing")));
    }

    static SigningAlgorithm algorithm(Members members, String name) {
        return members.oneOf(
                name, SigningAlgorithm.values(), SigningAlgorithm::wire, SigningAlgorithm.RS256);
    }

    static ArrayNode array(Collection<String> texts) {
        var array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    static long seconds(Duration duration) {
        return duration.toSeconds();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
