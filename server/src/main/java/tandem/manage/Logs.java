package tandem.manage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tandem.model.Client;
import tandem.model.EventType;
import tandem.model.Registered;
import tandem.oauth.ClientId;
import tandem.store.Events;
import tandem.store.Events.Logged;
import tandem.web.Json;
import tandem.web.Response;
import tandem.web.Routes;

/// `/api/v2/logs`: what happened, newest first; or, from a checkpoint on, in order and without
/// gaps.
record Logs(ManagementRoom.Needs needs, Gate gate) {

    private static final String PATH = "/api/v2/logs";
    private static final String SCOPE = "read:logs";
    private static final Set<String> FILTERS =
            Set.of("event", "user_id", "client_id", "device_credential_id", "from", "take");
    private static final int TAKE = 50;
    private static final Map<String, EventType> EVENTS =
            Arrays.stream(EventType.values())
                    .collect(Collectors.toUnmodifiableMap(EventType::wire, type -> type));

    void routes(Routes routes) {
        routes.get(PATH, gate.list(SCOPE, FILTERS, this::list))
                .get(PATH + "/{id}", gate.open(SCOPE, this::read));
    }

    private Response list(Call call, Listing listing) {
        var place = Place.top();
        listing.filter("event")
                .filter(event -> !EVENTS.containsKey(event))
                .ifPresent(event ->
                        place.at("event")
                                .wrong("is no event" + Nearest.question(event, EVENTS.keySet())));
        var query = call.request().query().orElseThrow();
        var from = Listing.whole(query, "from", 0, Long.MAX_VALUE, place);
        var take = Listing.whole(query, "take", 1, Listing.PER_PAGE_MAX, place);
        if (!place.good()) {
            return Problem.query(place.mistakes()).response();
        }
        var filter =
                new Events.Filter(
                        listing.filter("event").map(EVENTS::get),
                        listing.filter("user_id"),
                        listing.filter("client_id").map(ClientId::new),
                        listing.filter("device_credential_id"));
        return needs.store()
                .read(tx -> {
                    if (from.isPresent()) {
                        int limit = (int) take.orElse(TAKE);
                        var after = tx.events().after(from.getAsLong(), filter, limit);
                        return Response.json(200, Json.bytes(views(tx.registered(), after)));
                    }
                    var newest = tx.events().newest(filter, listing.page());
                    long total = listing.totals() ? tx.events().count(filter) : 0;
                    return listing.answer("logs", views(tx.registered(), newest), total);
                });
    }

    private Response read(Call call) {
        var id = Optional.of(call.id()).filter(text -> text.matches("[0-9]{1,18}"));
        return needs.store()
                .read(tx ->
                        id.map(Long::parseLong)
                                .flatMap(tx.events()::byId)
                                .map(logged ->
                                        Response.json(
                                                200, Json.bytes(view(tx.registered(), logged))))
                                .orElseGet(() -> Problem.inexistent("log").response()));
    }

    private static List<Map<String, Object>> views(Registered registered, List<Logged> events) {
        var views = new ArrayList<Map<String, Object>>();
        events.forEach(event -> views.add(view(registered, event)));
        return views;
    }

    /// Auth0's members, with its type code where it has one for what happened, and Tandem's name.
    private static Map<String, Object> view(Registered registered, Logged logged) {
        var event = logged.event();
        var about = event.about();
        var view = new LinkedHashMap<String, Object>();
        view.put("log_id", Long.toString(logged.id()));
        view.put("date", event.at().toString());
        view.put("type", event.type().auth0().orElse(event.type().wire()));
        view.put("event", event.type().wire());
        about.client()
                .ifPresent(client -> {
                    view.put("client_id", client.value());
                    registered
                            .client(client)
                            .map(Client::name)
                            .ifPresent(name -> view.put("client_name", name));
                });
        about.userId().ifPresent(user -> view.put("user_id", user));
        about.link().ifPresent(link -> view.put("device_credential_id", link));
        about.deviceAuthorization()
                .ifPresent(asked -> view.put("device_authorization_id", asked.toString()));
        about.origin()
                .ifPresent(origin -> {
                    view.put("ip", origin.address());
                    view.put("user_agent", origin.agent());
                });
        view.put("details", event.details());
        return view;
    }
}
