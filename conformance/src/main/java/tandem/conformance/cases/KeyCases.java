package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Request;

/// MD: the key set (RFC 7517).
final class KeyCases {
    private static final List<String> PRIVATE =
            List.of("d", "p", "q", "dp", "dq", "qi", "k", "oth");

    private KeyCases() {}

    static Stream<Case> all() {
        return keys();
    }

    private static Stream<Case> keys() {
        return Stream.of(
                must("MD-08", "The key set shows no private part", "RFC 7517 §9.2, RFC 8414 §2")
                        .needs(Need.KEYS)
                        .judged(scene -> {
                            var answer =
                                    scene.send(Request.get(scene.endpoint("jwks_uri"))).is(200);
                            answer.json()
                                    .path("keys")
                                    .forEach(key ->
                                            PRIVATE.forEach(part ->
                                                    answer.expect(
                                                            !key.has(part),
                                                            "no private part",
                                                            "\""
                                                                    + part
                                                                    + "\" of "
                                                                    + key.path("kid"))));
                        }),
                should("MD-08a", "Every key has a name of its own", "RFC 7517 §4.5")
                        .needs(Need.KEYS)
                        .judged(scene -> {
                            var names = new HashSet<String>();
                            keys(scene)
                                    .forEach(key ->
                                            scene.expect(
                                                    key.getKeyID() != null
                                                            && names.add(key.getKeyID()),
                                                    "a kid of its own",
                                                    key.toJSONString()));
                        }),
                must("MD-08b", "RSA keys have 2048 bits or more", "RFC 7518 §3.3")
                        .needs(Need.KEYS)
                        .judged(scene ->
                                keys(scene)
                                        .forEach(key ->
                                                scene.expect(
                                                        !(key instanceof RSAKey)
                                                                || key.size() >= 2048,
                                                        "2048 bits",
                                                        key.size() + " bits"))));
    }

    private static List<JWK> keys(Scene scene) {
        var answer = scene.send(Request.get(scene.endpoint("jwks_uri"))).is(200);
        try {
            return JWKSet.parse(answer.body()).getKeys();
        } catch (ParseException e) {
            throw answer.unmet("a JWK set", String.valueOf(e.getMessage()));
        }
    }
}
