package tandem.manage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tandem.model.Account;
import tandem.model.Account.PasswordHash;
import tandem.model.Connection;
import tandem.model.Event;
import tandem.model.Ids;
import tandem.model.Link;
import tandem.store.Hold;
import tandem.store.Links;
import tandem.store.Tx;
import tandem.web.Handler;
import tandem.web.Json;
import tandem.web.Response;
import tandem.web.Routes;
import tools.jackson.databind.JsonNode;

/// `/api/v2/users`: the people who can approve devices.
///
/// Blocking refuses all that a person's devices ask from the next request on, and unblocking lets
/// them live again; deleting ends the links for good.
record Users(ManagementRoom.Needs needs, Gate gate, Unlinking unlinking) {

    private static final String PATH = "/api/v2/users";
    private static final String ONE = PATH + "/{id}";

    /// Auth0's clients name the connection of a new user; here it must be one of passwords.
    private static final Shape NEW_USER = Shapes.USER.with("connection", Rules.NAME);

    void routes(Routes routes) {
        routes.get(PATH, gate.list("read:users", Set.of("email"), this::list))
                .post(PATH, gate.body("create:users", NEW_USER, this::create))
                .get(ONE, gate.open("read:users", this::read))
                .add("PATCH", ONE, patch())
                .add("DELETE", ONE, gate.open("delete:users", this::delete));
    }

    private Handler patch() {
        return gate.body("update:users", Shapes.USER, this::update);
    }

    private Response list(Call call, Listing listing) {
        var email = listing.filter("email").map(Account::normalEmail);
        return needs.store()
                .read(tx -> {
                    var found =
                            email.map(e -> tx.accounts().byEmail(e).stream().toList())
                                    .orElseGet(() -> tx.accounts().page(listing.page()));
                    long total = email.isPresent() ? found.size() : tx.accounts().count();
                    return listing.answer("users", found.stream().map(Users::view).toList(), total);
                });
    }

    private Response read(Call call) {
        return needs.store()
                .read(tx -> tx.accounts().byId(call.id()))
                .map(account -> Response.json(200, Json.bytes(view(account))))
                .orElseGet(Users::inexistent);
    }

    private Response create(Call call, JsonNode written) {
        var place = Place.top();
        if (!written.path("email").isString()) {
            place.at("email").wrong("is missing");
        }
        connection(written, place);
        if (!place.good()) {
            return Problem.body(place.mistakes()).response();
        }
        var now = needs.clock().instant();
        var nobody =
                new Account(
                        Ids.USER.random(needs.random()),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        now,
                        now);
        var account = written(nobody, written, hashed(written));
        return needs.store()
                .write(tx -> {
                    if (!tx.accounts().add(account)) {
                        return taken();
                    }
                    tx.events().add(changed(call, account, "create:users", Call.members(written)));
                    return Response.json(201, Json.bytes(view(account)));
                });
    }

    private void connection(JsonNode written, Place place) {
        var name = written.path("connection").asString("");
        boolean takesPasswords =
                needs.store()
                        .registered()
                        .connection(name)
                        .filter(c -> c.strategy() == Connection.Strategy.PASSWORD)
                        .isPresent();
        if (!name.isEmpty() && !takesPasswords) {
            place.at("connection").wrong("must be the name of a connection of passwords");
        }
    }

    private Response update(Call call, JsonNode patch) {
        var password = hashed(patch);
        return needs.store()
                .write(tx -> {
                    tx.hold(Hold.person(call.id()));
                    return tx.accounts()
                            .byId(call.id())
                            .map(before -> saved(tx, call, written(before, patch, password), patch))
                            .orElseGet(Users::inexistent);
                });
    }

    /// A new password ends the person's sessions: whoever knew the old one may hold one.
    private Response saved(Tx tx, Call call, Account account, JsonNode patch) {
        if (!tx.accounts().save(account)) {
            return taken();
        }
        if (patch.has("password")) {
            tx.sessions().removeAllOf(account.userId());
        }
        tx.events().add(changed(call, account, "update:users", Call.members(patch)));
        return Response.json(200, Json.bytes(view(account)));
    }

    private Response delete(Call call) {
        return needs.store()
                .write(tx -> {
                    tx.hold(Hold.person(call.id()));
                    var account = tx.accounts().byId(call.id());
                    if (account.isEmpty()) {
                        return inexistent();
                    }
                    var links = Links.Filter.ALL.user(call.id());
                    unlinking.endAll(tx, links, link -> true, Link.By.REMOVED, call);
                    tx.accounts().remove(call.id());
                    tx.events().add(changed(call, account.get(), "delete:users", Map.of()));
                    return Response.empty(204);
                });
    }

    /// The account with what is written; a member that is null takes its standard value again.
    private Account written(Account before, JsonNode patch, Optional<PasswordHash> password) {
        return new Account(
                before.userId(),
                patch.has("email") ? text(patch, "email") : before.email(),
                flag(patch, "email_verified", before.emailVerified(), true),
                patch.has("name") ? text(patch, "name") : before.name(),
                patch.has("password") ? password : before.password(),
                before.provider(),
                flag(patch, "blocked", before.blocked(), false),
                before.operator(),
                before.createdAt(),
                needs.clock().instant());
    }

    private static Optional<String> text(JsonNode tree, String member) {
        return tree.path(member).stringValueOpt();
    }

    private static boolean flag(JsonNode tree, String member, boolean before, boolean standard) {
        if (!tree.has(member)) {
            return before;
        }
        return tree.get(member).isNull() ? standard : tree.get(member).booleanValue();
    }

    /// Hashed before the transaction, since it takes a while.
    private Optional<PasswordHash> hashed(JsonNode written) {
        return text(written, "password").map(needs.passwords());
    }

    private Event changed(Call call, Account account, String what, Map<String, String> details) {
        return call.changed(
                needs.clock().instant(), Event.About.NOTHING.user(account.userId()), what, details);
    }

    private static Response inexistent() {
        return Problem.inexistent("user").response();
    }

    private static Response taken() {
        return new Problem(409, "Another user has this e-mail address.", "user_exists").response();
    }

    private static Map<String, Object> view(Account account) {
        var view = new LinkedHashMap<String, Object>();
        view.put("user_id", account.userId());
        account.email().ifPresent(email -> view.put("email", email));
        view.put("email_verified", account.emailVerified());
        account.name().ifPresent(name -> view.put("name", name));
        view.put("blocked", account.blocked());
        view.put("identities", account.provider().map(Users::identity).stream().toList());
        view.put("created_at", account.createdAt().toString());
        view.put("updated_at", account.updatedAt().toString());
        return view;
    }

    private static Map<String, Object> identity(Account.ProviderIdentity provider) {
        return Map.of(
                "connection", provider.connection(),
                "provider", "oidc",
                "iss", provider.issuer(),
                "user_id", provider.subject());
    }
}
