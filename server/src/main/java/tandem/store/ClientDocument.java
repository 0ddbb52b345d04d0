package tandem.store;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.DevicePolicy;
import tandem.model.NetworkPolicy;
import tandem.model.NetworkPolicy.Rule;
import tandem.model.RefreshPolicy;
import tandem.oauth.ClientId;
import tandem.oauth.GrantType;
import tandem.oauth.Scopes;
import tandem.oauth.SecretHash;
import tools.jackson.databind.node.ObjectNode;

/// A client as a document.
final class ClientDocument {

    private static final String APP_TYPE = "native";

    private ClientDocument() {}

    static ObjectNode tree(Client client) {
        var tree = Documents.object();
        tree.put("client_id", client.id().value());
        tree.put("name", client.name());
        tree.put("app_type", client.appType());
        tree.put("is_first_party", client.firstParty());
        tree.put("enabled", client.enabled());
        tree.put("token_endpoint_auth_method", Documents.word(client.authenticationMethod()));
        if (!client.publicKeys().isEmpty()) {
            var keys = tree.putObject("jwks").putArray("keys");
            client.publicKeys().forEach(jwk -> keys.add(Documents.parse(jwk)));
        }
        tree.set(
                "grant_types",
                Documents.array(
                        client.grantTypes().stream().sorted().map(GrantType::wire).toList()));
        tree.set("refresh_token", tree(client.refreshToken()));
        tree.set("device_authorization", tree(client.deviceAuthorization()));
        tree.put("id_token_signed_response_alg", client.idTokenAlgorithm().wire());
        tree.put("id_token_lifetime", Documents.seconds(client.idTokenLifetime()));
        tree.set("web_origins", Documents.array(client.webOrigins()));
        client.connections().ifPresent(names -> tree.set("connections", Documents.array(names)));
        client.logo().ifPresent(logo -> tree.put("logo", logo));
        return tree;
    }

    private static ObjectNode tree(RefreshPolicy policy) {
        return Documents.object()
                .put("leeway", Documents.seconds(policy.leeway()))
                .put("token_lifetime", Documents.seconds(policy.tokenLifetime()))
                .put("idle_token_lifetime", Documents.seconds(policy.idleLifetime()));
    }

    private static ObjectNode tree(DevicePolicy policy) {
        var tree = Documents.object();
        tree.put("lifetime", Documents.seconds(policy.lifetime()));
        tree.put("interval", Documents.seconds(policy.interval()));
        tree.put("authentication", policy.authenticationRequired() ? "required" : "optional");
        tree.put("verification_uri_complete", policy.verificationUriComplete());
        if (policy.network().rule() == Rule.BLOCKS) {
            tree.set("network", Documents.array(policy.network().blocks()));
        } else {
            tree.put("network", Documents.word(policy.network().rule()));
        }
        policy.scopes().ifPresent(only -> tree.set("scopes", Documents.array(only.values())));
        tree.put("require_dpop", policy.requireDpop());
        tree.put("require_reauthentication", policy.requireReauthentication());
        tree.put("max_links_per_user", policy.maxLinksPerUser());
        policy.users().ifPresent(only -> tree.set("users", Documents.array(only)));
        return tree;
    }

    static Client read(Members members, Optional<SecretHash> secret) {
        var id = members.required("client_id");
        return new Client(
                new ClientId(id),
                members.text("name", id),
                members.text("app_type", APP_TYPE),
                members.flag("is_first_party", false),
                members.flag("enabled", true),
                members.oneOf(
                        "token_endpoint_auth_method",
                        ClientAuthenticationMethod.values(),
                        Documents::word,
                        ClientAuthenticationMethod.NONE),
                secret,
                members.object("jwks").objects("keys").stream()
                        .map(jwk -> Documents.text(jwk.object()))
                        .toList(),
                grantTypes(members),
                refreshPolicy(members.object("refresh_token")),
                devicePolicy(members.object("device_authorization")),
                Documents.algorithm(members, "id_token_signed_response_alg"),
                members.seconds("id_token_lifetime", Client.ID_TOKEN_LIFETIME),
                members.texts("web_origins").orElse(List.of()),
                members.texts("connections"),
                members.text("logo"));
    }

    private static Set<GrantType> grantTypes(Members members) {
        var types = new HashSet<GrantType>();
        for (var wire : members.texts("grant_types").orElse(List.of())) {
            types.add(members.find("grant_types", wire, GrantType.values(), GrantType::wire));
        }
        return types;
    }

    private static RefreshPolicy refreshPolicy(Members members) {
        var standard = RefreshPolicy.STANDARD;
        return new RefreshPolicy(
                members.seconds("leeway", standard.leeway()),
                members.seconds("token_lifetime", standard.tokenLifetime()),
                members.seconds("idle_token_lifetime", standard.idleLifetime()));
    }

    private static DevicePolicy devicePolicy(Members members) {
        var standard = DevicePolicy.STANDARD;
        return new DevicePolicy(
                members.seconds("lifetime", standard.lifetime()),
                members.seconds("interval", standard.interval()),
                authenticationRequired(members, standard.authenticationRequired()),
                members.flag("verification_uri_complete", standard.verificationUriComplete()),
                network(members),
                members.texts("scopes").map(Scopes::new),
                members.flag("require_dpop", standard.requireDpop()),
                members.flag("require_reauthentication", standard.requireReauthentication()),
                members.number("max_links_per_user", standard.maxLinksPerUser()),
                members.texts("users"));
    }

    private static boolean authenticationRequired(Members members, boolean otherwise) {
        Boolean[] both = {true, false};
        return members.oneOf(
                "authentication", both, yes -> yes ? "required" : "optional", otherwise);
    }

    private static NetworkPolicy network(Members members) {
        var member = members.any("network");
        if (member.isEmpty()) {
            return DevicePolicy.STANDARD.network();
        }
        if (member.get().isArray()) {
            return new NetworkPolicy(Rule.BLOCKS, members.texts("network").orElseThrow());
        }
        Rule[] named = {Rule.ANY, Rule.WARN, Rule.SAME_NETWORK};
        var rule = members.find("network", members.required("network"), named, Documents::word);
        return new NetworkPolicy(rule, List.of());
    }
}
