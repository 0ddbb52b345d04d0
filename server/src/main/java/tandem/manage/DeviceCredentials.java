package tandem.manage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tandem.model.Link;
import tandem.model.Registered;
import tandem.oauth.ClientId;
import tandem.store.Links;
import tandem.store.Tx;
import tandem.web.Response;
import tandem.web.Routes;

/// `/api/v2/device-credentials`: the linked devices. Deleting one unlinks it at once.
///
/// A token that an API verifies offline cannot be called back: each device says until when one may
/// still live.
record DeviceCredentials(ManagementRoom.Needs needs, Gate gate, Unlinking unlinking) {

    private static final String PATH = "/api/v2/device-credentials";

    /// The kind Auth0 has for native devices' keys; there are none here.
    private static final String PUBLIC_KEY = "public_key";

    private static final Set<String> TYPES =
            Set.of(PUBLIC_KEY, "refresh_token", "rotating_refresh_token");

    void routes(Routes routes) {
        var filters = Set.of("user_id", "client_id", "type");
        routes.get(PATH, gate.list("read:device_credentials", filters, this::list))
                .add(
                        "DELETE",
                        PATH + "/{id}",
                        gate.open("delete:device_credentials", this::delete));
    }

    private Response list(Call call, Listing listing) {
        var type = listing.filter("type").orElse("refresh_token");
        if (!TYPES.contains(type)) {
            var place = Place.top();
            place.at("type").wrong("must be one of " + String.join(", ", TYPES));
            return Problem.query(place.mistakes()).response();
        }
        if (type.equals(PUBLIC_KEY)) {
            return listing.answer("device_credentials", List.of(), 0);
        }
        var filter =
                new Links.Filter(
                        listing.filter("user_id"), listing.filter("client_id").map(ClientId::new));
        var now = needs.clock().instant();
        return needs.store()
                .read(tx -> {
                    var found =
                            tx.links().live(filter, now, listing.page()).stream()
                                    .map(link -> view(tx.registered(), link))
                                    .toList();
                    long total = listing.totals() ? tx.links().countLive(filter, now) : 0;
                    return listing.answer("device_credentials", found, total);
                });
    }

    private Response delete(Call call) {
        return needs.store()
                .write(tx ->
                        tx.links()
                                .byId(call.id())
                                .map(link -> ended(tx, call, link))
                                .orElseGet(
                                        () -> Problem.inexistent("device_credential").response()));
    }

    /// 204 the second time as well: what was wanted is so.
    private Response ended(Tx tx, Call call, Link link) {
        unlinking.end(tx, link, Link.By.OPERATOR, call);
        return Response.empty(204)
                .with("Access-Tokens-Until", tx.registered().accessTokensUntil(link).toString());
    }

    private static Map<String, Object> view(Registered registered, Link link) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", link.id());
        view.put("device_name", link.deviceName());
        view.put("type", link.refresh().isPresent() ? "rotating_refresh_token" : "access_token");
        view.put("user_id", link.userId());
        view.put("client_id", link.client().value());
        link.access().api().ifPresent(audience -> view.put("audience", audience));
        view.put("scope", link.scopes().toString());
        view.put("created_at", link.first().at().toString());
        view.put("created_ip", link.first().origin().address());
        view.put("last_used_at", link.last().at().toString());
        view.put("last_used_ip", link.last().origin().address());
        view.put("expires_at", link.overAt().toString());
        view.put("access_tokens_until", registered.accessTokensUntil(link).toString());
        return view;
    }
}
