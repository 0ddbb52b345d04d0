package tandem.manage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tandem.model.Consent;
import tandem.model.Event;
import tandem.model.EventType;
import tandem.model.Link;
import tandem.oauth.ClientId;
import tandem.store.Hold;
import tandem.store.Links;
import tandem.store.Page;
import tandem.store.Tx;
import tandem.web.Response;
import tandem.web.Routes;

/// `/api/v2/grants`: what people have consented to. Taking one back ends the links that rest on it,
/// and the next device asks anew.
record Grants(ManagementRoom.Needs needs, Gate gate, Unlinking unlinking) {

    private static final String PATH = "/api/v2/grants";
    private static final Page FIRST = new Page(0, Listing.PER_PAGE_MAX);

    void routes(Routes routes) {
        var filters = Set.of("user_id", "client_id");
        routes.get(PATH, gate.list("read:grants", filters, this::list))
                .add("DELETE", PATH, gate.list("delete:grants", Set.of("user_id"), this::deleteAll))
                .add("DELETE", PATH + "/{id}", gate.open("delete:grants", this::delete));
    }

    private Response list(Call call, Listing listing) {
        var user = listing.filter("user_id");
        var client = listing.filter("client_id").map(ClientId::new);
        return needs.store()
                .read(tx -> {
                    var found =
                            tx.consents().page(user, client, listing.page()).stream()
                                    .map(Grants::view)
                                    .toList();
                    long total = listing.totals() ? tx.consents().count(user, client) : 0;
                    return listing.answer("grants", found, total);
                });
    }

    private Response delete(Call call) {
        return needs.store()
                .write(tx ->
                        tx.consents()
                                .byId(call.id())
                                .map(consent -> {
                                    tx.hold(Hold.person(consent.userId()));
                                    revoke(tx, call, consent);
                                    return Response.empty(204);
                                })
                                .orElseGet(() -> Problem.inexistent("grant").response()));
    }

    /// Every one of a person.
    private Response deleteAll(Call call, Listing listing) {
        var user = listing.filter("user_id");
        if (user.isEmpty()) {
            var place = Place.top();
            place.at("user_id").wrong("is missing");
            return Problem.query(place.mistakes()).response();
        }
        return needs.store()
                .write(tx -> {
                    tx.hold(Hold.person(user.get()));
                    var page = tx.consents().page(user, Optional.empty(), FIRST);
                    while (!page.isEmpty()) {
                        page.forEach(consent -> revoke(tx, call, consent));
                        page = tx.consents().page(user, Optional.empty(), FIRST);
                    }
                    return Response.empty(204);
                });
    }

    private void revoke(Tx tx, Call call, Consent consent) {
        tx.consents().remove(consent.id());
        var links = Links.Filter.ALL.user(consent.userId()).client(consent.client());
        unlinking.endAll(tx, links, link -> concerns(link, consent), Link.By.CONSENT, call);
        var about = Event.About.NOTHING.user(consent.userId()).client(consent.client());
        tx.events()
                .add(
                        new Event(
                                EventType.CONSENT_REVOKED,
                                needs.clock().instant(),
                                about.from(call.request().origin()),
                                Map.of("by", call.by().value(), "api", consent.api())));
    }

    private static boolean concerns(Link link, Consent consent) {
        var apis = link.access().apis();
        return apis.isEmpty() ? consent.api().isEmpty() : apis.contains(consent.api());
    }

    private static Map<String, Object> view(Consent consent) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", consent.id());
        view.put("user_id", consent.userId());
        view.put("clientID", consent.client().value());
        view.put("audience", consent.api());
        view.put("scope", consent.scopes().values());
        view.put("created_at", consent.givenAt().toString());
        return view;
    }
}
