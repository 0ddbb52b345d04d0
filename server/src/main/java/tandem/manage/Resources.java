package tandem.manage;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tandem.model.Account;
import tandem.model.Account.PasswordHash;
import tandem.model.Client;
import tandem.model.Connection;
import tandem.model.Ids;
import tandem.oauth.ClientId;
import tandem.oauth.Sealed;
import tandem.secret.Purpose;
import tandem.secret.SecretKeys;
import tandem.store.Documents;
import tandem.store.Hold;
import tandem.store.InvalidDocument;
import tandem.store.Store;
import tandem.store.Tx;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Resource files: checked whole, with all mistakes told at once, and applied so that only what is
/// named changes.
///
/// The same file applied again changes nothing, and undoes nothing that was changed by a call in
/// between: each resource's fingerprint is kept, and one that has not changed is passed over. So an
/// unchanged password is not hashed again.
public final class Resources {
    /// How the issuer is written in files, which do not know where they will be applied.
    private static final String ISSUER = "{issuer}";

    private static final String SECRET = "client_secret";

    private final Store store;
    private final SecretKeys keys;
    private final Function<String, PasswordHash> passwords;
    private final InstantSource clock;
    private final SecureRandom random;

    public Resources(
            Store store,
            SecretKeys keys,
            Function<String, PasswordHash> passwords,
            InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.keys = keys;
        this.passwords = passwords;
        this.clock = clock;
        this.random = random;
    }

    /// Every mistake of a file, each with the path of its place.
    public static List<Mistake> check(JsonNode file) {
        var top = Place.top();
        Shapes.FILE.check(file, top);
        unique(file, "resource_servers", "identifier", top);
        unique(file, "clients", "client_id", top);
        unique(file, "connections", "name", top);
        unique(file, "users", "email", top);
        if (top.good()) {
            var clients = file.path("clients");
            for (int i = 0; i < clients.size(); i++) {
                client(clients.get(i), top.at("clients").item(i));
            }
            var connections = file.path("connections");
            for (int i = 0; i < connections.size(); i++) {
                readable(
                        connections.get(i),
                        top.at("connections").item(i),
                        c -> Documents.connection(c, anySecret(c)));
            }
            if (file.has("tenant")) {
                readable(file.get("tenant"), top.at("tenant"), Documents::tenant);
            }
        }
        return List.copyOf(top.mistakes());
    }

    /// Whether a secret is there at all; what it is does not matter for a check.
    private static Optional<Sealed> anySecret(JsonNode connection) {
        return connection.path("options").has(SECRET)
                ? Optional.of(new Sealed("checked"))
                : Optional.empty();
    }

    /// What single members cannot show.
    static void client(JsonNode client, Place place) {
        var method = client.path("token_endpoint_auth_method").asString("none");
        boolean secret = client.has(SECRET);
        if (method.equals("none") && secret) {
            place.at(SECRET).wrong("does not go with token_endpoint_auth_method: none");
        }
        if (method.equals("none")
                && client.path("grant_types").valueStream().anyMatch(Resources::forItself)) {
            place.at("grant_types")
                    .wrong(
                            "client_credentials needs a client with a secret; set"
                                    + " token_endpoint_auth_method");
        }
        if (method.equals("private_key_jwt") && secret) {
            place.at(SECRET).wrong("does not go with token_endpoint_auth_method: private_key_jwt");
        }
        if (method.equals("private_key_jwt") && !client.has("jwks")) {
            place.at("jwks").wrong("is missing: this client authenticates with its keys");
        }
        var refresh = client.path("refresh_token");
        if (refresh.has("idle_token_lifetime")
                && refresh.has("token_lifetime")
                && refresh.path("idle_token_lifetime").asLong()
                        > refresh.path("token_lifetime").asLong()) {
            place.at("refresh_token")
                    .at("idle_token_lifetime")
                    .wrong("must not be longer than token_lifetime");
        }
    }

    /// True of a client that authenticates with a secret; another one keeps none.
    static boolean bySecret(JsonNode client) {
        return client.path("token_endpoint_auth_method").asString("none").startsWith(SECRET);
    }

    private static boolean forItself(JsonNode grant) {
        return grant.asString("").equals("client_credentials");
    }

    private static void unique(JsonNode file, String list, String member, Place top) {
        var seen = new HashSet<String>();
        var elements = file.path(list);
        for (int i = 0; elements.isArray() && i < elements.size(); i++) {
            var value = elements.get(i).path(member).asString("");
            var place = top.at(list).item(i).at(member);
            if (elements.get(i).isObject() && value.isEmpty()) {
                place.wrong("is missing");
            } else if (!value.isEmpty() && !seen.add(value)) {
                place.wrong(Rules.quoted(value) + " stands here twice");
            }
        }
    }

    private static void readable(JsonNode tree, Place place, Function<JsonNode, ?> read) {
        try {
            var _ = read.apply(tree);
        } catch (InvalidDocument e) {
            place.wrong(String.valueOf(e.getMessage()));
        }
    }

    /// Applies a checked file.
    ///
    /// @param issuer what `{issuer}` stands for
    /// @return how many resources were new or changed
    public int apply(JsonNode file, String issuer) {
        var written = Documents.parse(Documents.text(file).replace(ISSUER, issuer));
        var logos = LogoFiles.take(written);
        var hashed = hashedPasswords(written);
        return store.write(tx -> {
            tx.hold(Hold.REGISTERED);
            logos.forEach(tx.logos()::add);
            var changes = new ArrayList<Boolean>();
            if (written.has("tenant")) {
                changes.add(changed(tx, "tenant", written.get("tenant"), this::tenant));
            }
            each(tx, written, "resource_servers", "identifier", this::api, changes);
            each(tx, written, "connections", "name", this::connection, changes);
            each(tx, written, "clients", "client_id", this::client, changes);
            for (var grant : written.path("client_grants")) {
                var name =
                        "client_grants/"
                                + grant.path("client_id").asString()
                                + "/"
                                + grant.path("audience").asString();
                changes.add(changed(tx, name, grant, this::clientGrant));
            }
            each(tx, written, "users", "email", (t, user) -> user(t, user, hashed), changes);
            return (int) changes.stream().filter(change -> change).count();
        });
    }

    @FunctionalInterface
    private interface Change {
        void to(Tx tx, JsonNode resource);
    }

    private void each(
            Tx tx, JsonNode file, String list, String key, Change change, List<Boolean> changes) {
        for (var element : file.path(list)) {
            var name = list + "/" + element.path(key).asString();
            changes.add(changed(tx, name, element, change));
        }
    }

    private boolean changed(Tx tx, String name, JsonNode resource, Change change) {
        var fingerprint = keys.hash(Purpose.APPLIED, Documents.text(resource));
        if (tx.registry().applied(name).filter(fingerprint::matches).isPresent()) {
            return false;
        }
        change.to(tx, resource);
        tx.registry().applied(name, fingerprint);
        return true;
    }

    private void tenant(Tx tx, JsonNode written) {
        var before = Documents.tree(tx.registered().tenant());
        tx.registry().put(Documents.tenant(MergePatch.onto(before, written)));
    }

    private void api(Tx tx, JsonNode written) {
        var before =
                tx.registered()
                        .api(written.path("identifier").asString())
                        .map(Documents::tree)
                        .orElseGet(Documents::object);
        tx.registry().put(Documents.api(MergePatch.onto(before, written)));
    }

    private void client(Tx tx, JsonNode written) {
        var before = tx.registered().client(new ClientId(written.path("client_id").asString()));
        var secret =
                text(written, SECRET)
                        .map(s -> keys.hash(Purpose.CLIENT_SECRET, s))
                        .or(() -> before.flatMap(Client::secret));
        var tree = before.map(Documents::tree).orElseGet(Documents::object);
        var merged = MergePatch.onto(tree, without(written, SECRET));
        tx.registry().put(Documents.client(merged, secret.filter(s -> bySecret(merged))));
    }

    private void clientGrant(Tx tx, JsonNode written) {
        var before =
                tx.registered()
                        .clientGrant(
                                new ClientId(written.path("client_id").asString()),
                                written.path("audience").asString())
                        .map(Documents::tree)
                        .orElseGet(() ->
                                Documents.object().put("id", Ids.CLIENT_GRANT.random(random)));
        tx.registry().put(Documents.clientGrant(MergePatch.onto(before, written)));
    }

    private void connection(Tx tx, JsonNode written) {
        var before = tx.registered().connection(written.path("name").asString());
        var secret =
                text(written.path("options"), SECRET)
                        .map(s -> keys.seal(Purpose.PROVIDER, s))
                        .or(() ->
                                before.flatMap(Connection::provider)
                                        .map(Connection.Provider::clientSecret));
        var tree = before.map(Documents::tree).orElseGet(Documents::object);
        tx.registry().put(Documents.connection(MergePatch.onto(tree, written), secret));
    }

    private void user(Tx tx, JsonNode written, Map<String, PasswordHash> hashed) {
        var email = written.path("email").asString();
        var before = tx.accounts().byEmail(Account.normalEmail(email));
        var now = clock.instant();
        var password = Optional.ofNullable(hashed.get(email));
        var account =
                new Account(
                        before.map(Account::userId).orElseGet(() -> Ids.USER.random(random)),
                        Optional.of(email),
                        written.path("email_verified")
                                .asBoolean(before.map(Account::emailVerified).orElse(true)),
                        text(written, "name").or(() -> before.flatMap(Account::name)),
                        password.or(() -> before.flatMap(Account::password)),
                        before.flatMap(Account::provider),
                        written.path("blocked")
                                .asBoolean(before.map(Account::blocked).orElse(false)),
                        written.path("operator")
                                .asBoolean(before.map(Account::operator).orElse(false)),
                        before.map(Account::createdAt).orElse(now),
                        now);
        boolean kept =
                before.isPresent() ? tx.accounts().save(account) : tx.accounts().add(account);
        if (!kept) {
            throw new IllegalStateException("a user of this file is another user already");
        }
    }

    /// Hashed before the transaction, since each takes a while; only those of users that changed.
    private Map<String, PasswordHash> hashedPasswords(JsonNode written) {
        var hashed = new HashMap<String, PasswordHash>();
        for (var user : written.path("users")) {
            var email = user.path("email").asString();
            var fingerprint = keys.hash(Purpose.APPLIED, Documents.text(user));
            boolean unchanged =
                    store.read(tx -> tx.registry().applied("users/" + email))
                            .filter(fingerprint::matches)
                            .isPresent();
            if (!unchanged) {
                text(user, "password").ifPresent(p -> hashed.put(email, passwords.apply(p)));
            }
        }
        return hashed;
    }

    private static Optional<String> text(JsonNode tree, String member) {
        return tree.path(member).stringValueOpt();
    }

    private static ObjectNode without(JsonNode tree, String member) {
        var copy = (ObjectNode) tree.deepCopy();
        copy.remove(member);
        return copy;
    }
}
