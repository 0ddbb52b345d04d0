package tandem.manage;

import java.util.Map;
import tandem.keys.VerifyingKey;

/// The public keys of a client, as they are written. [RFC 7591
/// §2](https://www.rfc-editor.org/rfc/rfc7591#section-2), [RFC 7517
/// §5](https://www.rfc-editor.org/rfc/rfc7517#section-5)
final class KeySets {

    /// Each of them is tried at a request: enough for a change of keys, and no more.
    private static final int KEYS_MAX = 10;

    private static final Rule KEY =
            (value, place) -> {
                if (value.isObject()) {
                    VerifyingKey.mistake(value).ifPresent(place::wrong);
                } else {
                    place.wrong("must be a JWK: an object of members");
                }
            };

    private static final Rule KEYS =
            (value, place) -> {
                if (value.isArray() && (value.isEmpty() || value.size() > KEYS_MAX)) {
                    place.wrong("must have 1 to " + KEYS_MAX + " keys");
                } else {
                    Rules.listOf(KEY).check(value, place);
                }
            };

    static final Rule RULE =
            (value, place) -> {
                new Shape(Map.of("keys", KEYS)).lasting("keys").check(value, place);
                if (value.isObject() && !value.has("keys")) {
                    place.at("keys").wrong("is missing");
                }
            };

    static final Rule NOT_FETCHED =
            (value, place) ->
                    place.wrong("is not read: Tandem fetches nothing; write the keys as jwks");

    private KeySets() {}
}
