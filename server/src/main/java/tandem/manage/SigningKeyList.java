package tandem.manage;

import java.util.LinkedHashMap;
import java.util.Map;
import tandem.model.Event;
import tandem.model.SigningKey;
import tandem.web.Json;
import tandem.web.Response;
import tandem.web.Routes;

/// `/api/v2/keys/signing`: which keys sign, which come next and which are still published.
///
/// Rotating breaks no verifier that has fetched the JWKS since the rotation before: the key that
/// signs from then on has been published since, and the one that retires stays published as long as
/// what it signed may live.
record SigningKeyList(ManagementRoom.Needs needs, Gate gate) {

    private static final String PATH = "/api/v2/keys/signing";

    void routes(Routes routes) {
        routes.get(PATH, gate.open("read:signing_keys", call -> list()))
                .post(PATH + "/rotate", gate.open("create:signing_keys", this::rotate));
    }

    private Response list() {
        var keys = needs.store().read(tx -> tx.signingKeys().all());
        return Response.json(200, Json.bytes(keys.stream().map(SigningKeyList::view).toList()));
    }

    private Response rotate(Call call) {
        var about = Event.About.NOTHING.client(call.by()).from(call.request().origin());
        var kids = needs.ring().rotate(about);
        return Response.json(201, Json.bytes(Map.of("kids", kids)));
    }

    private static Map<String, Object> view(SigningKey key) {
        var view = new LinkedHashMap<String, Object>();
        view.put("kid", key.kid());
        view.put("alg", key.algorithm().wire());
        view.put("next", key.state() == SigningKey.State.NEXT);
        view.put("current", key.state() == SigningKey.State.CURRENT);
        view.put("previous", key.state() == SigningKey.State.RETIRED);
        view.put("created_at", key.createdAt().toString());
        key.retiredUntil().ifPresent(until -> view.put("published_until", until.toString()));
        return view;
    }
}
