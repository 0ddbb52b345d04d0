package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// DP: tokens bound to a device's key (RFC 9449).
final class DpopCases {
    private DpopCases() {}

    static Stream<Case> all() {
        return Stream.of(binding(), proofs()).flatMap(cases -> cases);
    }

    private static Stream<Case> binding() {
        return Stream.of(
                must(
                                "DP-01",
                                "With a proof, tokens are of type DPoP and bound to its key",
                                "RFC 9449 §5, §6.1")
                        .needs(Need.DPOP, Need.APPROVER)
                        .judged(scene -> {
                            var bound = bound(scene);
                            Jwt.of(bound.answer().text("access_token"))
                                    .flatMap(jwt -> jwt.claim("cnf"))
                                    .ifPresent(cnf ->
                                            bound.answer()
                                                    .expect(
                                                            cnf instanceof Map<?, ?> map
                                                                    && bound.thumbprint()
                                                                            .equals(map.get("jkt")),
                                                            "cnf.jkt " + bound.thumbprint(),
                                                            cnf.toString()));
                        }),
                must("DP-02", "A public client's bound refresh token needs a proof", "RFC 9449 §5")
                        .needs(Need.DPOP, Need.APPROVER, Need.REFRESH)
                        .judged(scene -> {
                            var bound = bound(scene);
                            bound.device()
                                    .refreshes(bound.refresh(scene))
                                    .isError(
                                            "invalid_dpop_proof",
                                            "invalid_grant",
                                            "invalid_request")
                                    .hasNo("access_token");
                        }),
                must("DP-03", "Another key does not refresh", "RFC 9449 §5")
                        .needs(Need.DPOP, Need.APPROVER, Need.REFRESH)
                        .judged(scene -> {
                            var bound = bound(scene);
                            prove(scene, Keys.ec(), bound.refreshRequest(scene))
                                    .isError("invalid_dpop_proof", "invalid_grant")
                                    .hasNo("access_token");
                        }),
                must("DP-04", "The same key does", "RFC 9449 §5")
                        .needs(Need.DPOP, Need.APPROVER, Need.REFRESH)
                        .judged(scene -> {
                            var bound = bound(scene);
                            prove(scene, bound.key(), bound.refreshRequest(scene)).is(200);
                        }),
                must("DP-05", "A bound token is no bearer token", "RFC 9449 §7.1, §7.2")
                        .needs(Need.DPOP, Need.APPROVER, Need.USERINFO, Need.OPENID)
                        .judged(scene ->
                                UserinfoCases.get(scene, bound(scene).answer().text("access_token"))
                                        .is(400, 401)));
    }

    private static Stream<Case> proofs() {
        return Stream.of(
                proof(
                        must(
                                "DP-10",
                                "A proof for another method is invalid_dpop_proof",
                                "RFC 9449 §4.3"),
                        (scene, key) ->
                                proof(
                                        key,
                                        "GET",
                                        scene.metadata().tokenEndpoint(),
                                        Instant.now(),
                                        scene.madeUp())),
                proof(
                        must(
                                "DP-11",
                                "A proof for another address is invalid_dpop_proof",
                                "RFC 9449 §4.3"),
                        (scene, key) ->
                                proof(
                                        key,
                                        "POST",
                                        URI.create("https://elsewhere.example/token"),
                                        Instant.now(),
                                        scene.madeUp())),
                proof(
                        must("DP-12", "An old proof is invalid_dpop_proof", "RFC 9449 §4.3, §11.1"),
                        (scene, key) ->
                                proof(
                                        key,
                                        "POST",
                                        scene.metadata().tokenEndpoint(),
                                        Instant.now().minusSeconds(86_400),
                                        scene.madeUp())),
                proof(
                        must(
                                "DP-13",
                                "A proof with a broken signature is invalid_dpop_proof",
                                "RFC 9449 §4.3"),
                        (scene, key) ->
                                Forged.signature(
                                        Jwt.of(
                                                        proof(
                                                                key,
                                                                "POST",
                                                                scene.metadata().tokenEndpoint(),
                                                                Instant.now(),
                                                                scene.madeUp()))
                                                .orElseThrow())),
                proof(
                        must("DP-14", "What is no JWT is invalid_dpop_proof", "RFC 9449 §4.3"),
                        (scene, key) -> "nonsense"),
                proof(
                        must(
                                "DP-15",
                                "A proof of another type is invalid_dpop_proof",
                                "RFC 9449 §4.2, §4.3"),
                        (scene, key) ->
                                Keys.signed(
                                        header(key, "JWT"),
                                        key,
                                        claims ->
                                                claims.jwtID(scene.madeUp())
                                                        .claim("htm", "POST")
                                                        .claim(
                                                                "htu",
                                                                scene.metadata()
                                                                        .tokenEndpoint()
                                                                        .toString())
                                                        .issueTime(Date.from(Instant.now())))),
                should("DP-16", "A proof is good once", "RFC 9449 §11.1")
                        .needs(Need.DPOP)
                        .judged(scene -> {
                            var key = Keys.ec();
                            var device = scene.device().asks();
                            var request = request(scene, device);
                            var proof =
                                    proof(
                                            key,
                                            "POST",
                                            scene.metadata().tokenEndpoint(),
                                            Instant.now(),
                                            scene.madeUp());
                            var first = scene.send(request.with("DPoP", proof));
                            if (first.error().equals("use_dpop_nonce")) {
                                throw scene.skip("needs a server without nonces for proofs");
                            }
                            device.waitsForItsTurn();
                            scene.send(request.with("DPoP", proof))
                                    .isError("invalid_dpop_proof", "use_dpop_nonce");
                        }),
                must("DP-17", "Two proofs at once are invalid_dpop_proof", "RFC 9449 §4.3")
                        .needs(Need.DPOP)
                        .judged(scene -> {
                            var key = Keys.ec();
                            var request = request(scene, scene.device().asks());
                            for (int i = 0; i < 2; i++) {
                                request =
                                        request.with(
                                                "DPoP",
                                                proof(
                                                        key,
                                                        "POST",
                                                        scene.metadata().tokenEndpoint(),
                                                        Instant.now(),
                                                        scene.madeUp()));
                            }
                            scene.send(request).isError("invalid_dpop_proof", "invalid_request");
                        }));
    }

    /// Makes a proof that must not pass.
    @FunctionalInterface
    private interface BadProof {
        String by(Scene scene, ECKey key);
    }

    private static Case proof(Case.Draft draft, BadProof bad) {
        return draft.needs(Need.DPOP, Need.APPROVER)
                .judged(scene -> {
                    var device = scene.device().asks().isApproved();
                    scene.send(request(scene, device).with("DPoP", bad.by(scene, Keys.ec())))
                            .isError("invalid_dpop_proof", "use_dpop_nonce")
                            .hasNo("access_token");
                });
    }

    /// Tokens, and the key that they are bound to.
    private record Bound(Device device, ECKey key, Answer answer) {
        String thumbprint() {
            try {
                return key.computeThumbprint().toString();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        String refresh(Scene scene) {
            return answer.find("refresh_token")
                    .orElseThrow(() -> scene.skip("needs a refresh token"));
        }

        Request refreshRequest(Scene scene) {
            var form = Form.of("grant_type", "refresh_token", "refresh_token", refresh(scene));
            return device.client().signs(scene.tokenRequest(), form);
        }
    }

    private static Bound bound(Scene scene) {
        var key = Keys.ec();
        var device = scene.device().asks().isApproved();
        var answer = prove(scene, key, request(scene, device)).is(200);
        answer.expect(
                answer.text("token_type").equalsIgnoreCase("DPoP"),
                "token_type DPoP",
                answer.text("token_type"));
        return new Bound(device, key, answer);
    }

    private static Request request(Scene scene, Device device) {
        return device.client().signs(scene.tokenRequest(), device.pollForm());
    }

    /// Sends with a proof; with the server's nonce where it asks for one (RFC 9449 §8).
    private static Answer prove(Scene scene, ECKey key, Request request) {
        var answer =
                scene.send(
                        request.with(
                                "DPoP",
                                proof(key, "POST", request.uri(), Instant.now(), scene.madeUp())));
        var nonce = answer.header("DPoP-Nonce");
        return answer.error().equals("use_dpop_nonce") && nonce.isPresent()
                ? scene.send(
                        request.with(
                                "DPoP",
                                proof(
                                        key,
                                        "POST",
                                        request.uri(),
                                        Instant.now(),
                                        scene.madeUp(),
                                        nonce)))
                : answer;
    }

    private static String proof(ECKey key, String method, URI uri, Instant at, String id) {
        return proof(key, method, uri, at, id, Optional.empty());
    }

    private static String proof(
            ECKey key, String method, URI uri, Instant at, String id, Optional<String> nonce) {
        return Keys.signed(
                header(key, "dpop+jwt"),
                key,
                claims -> {
                    nonce.ifPresent(value -> claims.claim("nonce", value));
                    return claims.jwtID(id)
                            .claim("htm", method)
                            .claim("htu", uri.toString())
                            .issueTime(Date.from(at));
                });
    }

    private static JWSHeader header(ECKey key, String type) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .jwk(key.toPublicJWK())
                .build();
    }
}
