package tandem.manage;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import tandem.model.Client;
import tandem.model.Event;
import tandem.oauth.ClientId;
import tandem.oauth.SecretHash;
import tandem.secret.Purpose;
import tandem.store.Documents;
import tandem.store.Hold;
import tandem.store.InvalidDocument;
import tandem.store.Tx;
import tandem.web.Json;
import tandem.web.Response;
import tandem.web.Routes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/api/v2/clients`: the apps. A secret is written here, and never read.
///
/// A change counts from the next request of a device on. Two changes at once of different members
/// both stand; of one member, the last.
record Clients(ManagementRoom.Needs needs, Gate gate) {

    private static final String PATH = "/api/v2/clients";
    private static final String ONE = PATH + "/{id}";
    private static final String SECRET = "client_secret";

    void routes(Routes routes) {
        routes.get(PATH, gate.list("read:clients", Set.of(), this::list))
                .get(ONE, gate.open("read:clients", this::read))
                .add("PATCH", ONE, gate.body("update:clients", Shapes.CLIENT, this::update));
    }

    private Response list(Call call, Listing listing) {
        var clients = needs.store().registered().clients().values();
        var found =
                clients.stream()
                        .sorted(Comparator.comparing(client -> client.id().value()))
                        .skip(listing.page().offset())
                        .limit(listing.page().limit())
                        .map(Documents::tree)
                        .toList();
        return listing.answer("clients", found, clients.size());
    }

    private Response read(Call call) {
        return needs.store()
                .registered()
                .client(new ClientId(call.id()))
                .map(client -> Response.json(200, Json.bytes(Documents.tree(client))))
                .orElseGet(Clients::inexistent);
    }

    private Response update(Call call, JsonNode patch) {
        return needs.store()
                .write(tx -> {
                    tx.hold(Hold.REGISTERED);
                    return tx.registered()
                            .client(new ClientId(call.id()))
                            .map(before -> updated(tx, call, before, (ObjectNode) patch))
                            .orElseGet(Clients::inexistent);
                });
    }

    private Response updated(Tx tx, Call call, Client before, ObjectNode patch) {
        var place = Place.top();
        if (!patch.path("client_id").asString(call.id()).equals(call.id())) {
            place.at("client_id").wrong("cannot be changed");
        }
        var merged = MergePatch.onto(Documents.tree(before), patch);
        Resources.client(merged, place);
        var client = client(merged, secret(before, merged, patch, place), place);
        if (!place.good() || client.isEmpty()) {
            return Problem.body(place.mistakes()).response();
        }
        tx.registry().put(client.get());
        var about = Event.About.NOTHING.client(before.id());
        var members = Call.members(patch);
        tx.events().add(call.changed(needs.clock().instant(), about, "update:clients", members));
        return Response.json(200, Json.bytes(Documents.tree(client.get())));
    }

    /// The secret after the change; a client that no longer authenticates by one keeps none.
    private Optional<SecretHash> secret(
            Client before, JsonNode merged, JsonNode patch, Place place) {
        if (!Resources.bySecret(merged)) {
            return Optional.empty();
        }
        var secret =
                patch.path(SECRET)
                        .stringValueOpt()
                        .map(text -> needs.keys().hash(Purpose.CLIENT_SECRET, text))
                        .or(before::secret);
        if (secret.isEmpty()) {
            place.at(SECRET).wrong("is missing: this client authenticates");
        }
        return secret;
    }

    private static Optional<Client> client(
            JsonNode merged, Optional<SecretHash> secret, Place place) {
        try {
            return Optional.of(Documents.client(merged, secret));
        } catch (InvalidDocument e) {
            place.wrong(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Response inexistent() {
        return Problem.inexistent("client").response();
    }
}
