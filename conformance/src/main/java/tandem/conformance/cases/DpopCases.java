package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    private static final long DAY_SECONDS = 86_400;

    private DpopCases() {}

    static Stream<Case> all() {
        return Stream.of(binding(), use(), proofs()).flatMap(cases -> cases);
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
                            Jwt.of(bound.token())
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
                        .needs(Need.DPOP, Need.APPROVER)
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
                        .needs(Need.DPOP, Need.APPROVER)
                        .judged(scene ->
                                prove(scene, Keys.ec(), bound(scene).refreshRequest(scene))
                                        .isError("invalid_dpop_proof", "invalid_grant")
                                        .hasNo("access_token")),
                must("DP-04", "The same key does", "RFC 9449 §5")
                        .needs(Need.DPOP, Need.APPROVER)
                        .judged(scene -> {
                            var bound = bound(scene);
                            prove(scene, bound.key(), bound.refreshRequest(scene)).is(200);
                        }));
    }

    private static Stream<Case> use() {
        return Stream.of(
                must("DP-05", "A bound token is no bearer token", "RFC 9449 §7.1, §7.2")
                        .needs(Need.DPOP, Need.APPROVER, Need.USERINFO, Need.OPENID)
                        .judged(scene ->
                                UserinfoCases.get(scene, bound(scene).token()).is(400, 401)),
                must("DP-06", "With a proof for it, a bound token opens userinfo", "RFC 9449 §7.1")
                        .needs(Need.DPOP, Need.APPROVER, Need.USERINFO, Need.OPENID)
                        .judged(scene -> {
                            var bound = bound(scene);
                            opens(scene, bound, bound.key(), bound.token()).is(200);
                        }),
                must(
                                "DP-07",
                                "A proof by another key, or for another token, opens nothing",
                                "RFC 9449 §7.1")
                        .needs(Need.DPOP, Need.APPROVER, Need.USERINFO, Need.OPENID)
                        .judged(scene -> {
                            var bound = bound(scene);
                            opens(scene, bound, Keys.ec(), bound.token()).is(400, 401);
                            opens(scene, bound, bound.key(), scene.madeUp()).is(400, 401);
                        }),
                must("DP-08", "Without a proof, a bound token opens nothing", "RFC 9449 §7.1")
                        .needs(Need.DPOP, Need.APPROVER, Need.USERINFO, Need.OPENID)
                        .judged(scene ->
                                scene.send(
                                                Request.get(scene.endpoint("userinfo_endpoint"))
                                                        .with(
                                                                "Authorization",
                                                                "DPoP " + bound(scene).token()))
                                        .is(400, 401)));
    }

    private static Stream<Case> proofs() {
        return Stream.of(
                bad(
                        must("DP-10", "A proof for another method is refused", "RFC 9449 §4.3"),
                        proof -> proof.by("GET").signed()),
                bad(
                        must("DP-11", "A proof for another address is refused", "RFC 9449 §4.3"),
                        proof -> proof.to(URI.create("https://elsewhere.example/token")).signed()),
                bad(
                        must("DP-12", "An old proof is refused", "RFC 9449 §4.3, §11.1"),
                        proof -> proof.at(proof.at().minusSeconds(DAY_SECONDS)).signed()),
                bad(
                        must(
                                "DP-13",
                                "A proof with a broken signature is refused",
                                "RFC 9449 §4.3"),
                        proof -> Forged.signature(Jwt.of(proof.signed()).orElseThrow())),
                bad(
                        must("DP-14", "What is no JWT is no proof", "RFC 9449 §4.3"),
                        proof -> "nonsense"),
                bad(
                        must("DP-15", "A proof of another type is refused", "RFC 9449 §4.2, §4.3"),
                        proof -> proof.typed("JWT").signed()),
                should("DP-14a", "A bad proof is invalid_dpop_proof", "RFC 9449 §5")
                        .needs(Need.DPOP, Need.APPROVER)
                        .judged(scene -> {
                            var request = request(scene, scene.device().asks().isApproved());
                            scene.send(request.with("DPoP", "nonsense"))
                                    .isError("invalid_dpop_proof");
                        }),
                should("DP-16", "A proof is good once", "RFC 9449 §11.1")
                        .needs(Need.DPOP, Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device().asks().isApproved();
                            var key = Keys.ec();
                            var request = request(scene, device);
                            var proof = Proof.of(key, request.uri()).with(nonce(scene)).signed();
                            var first = scene.send(request.with("DPoP", proof)).is(200);
                            var refresh =
                                    first.find("refresh_token")
                                            .orElseThrow(() -> scene.skip("needs a refresh token"));
                            var form =
                                    Form.of(
                                            "grant_type",
                                            "refresh_token",
                                            "refresh_token",
                                            refresh);
                            scene.send(
                                            device.client()
                                                    .signs(scene.tokenRequest(), form)
                                                    .with("DPoP", proof))
                                    .isRefused()
                                    .hasNo("access_token");
                        }),
                must("DP-17", "Two proofs at once are invalid_dpop_proof", "RFC 9449 §4.3")
                        .needs(Need.DPOP, Need.APPROVER)
                        .judged(scene -> {
                            var request = request(scene, scene.device().asks().isApproved());
                            var proof = Proof.of(Keys.ec(), request.uri()).with(nonce(scene));
                            scene.send(
                                            request.with("DPoP", proof.signed())
                                                    .with("DPoP", proof.signed()))
                                    .isError("invalid_dpop_proof", "invalid_request");
                        }));
    }

    /// An approved code is not redeemed with such a proof.
    private static Case bad(Case.Draft draft, Function<Proof, String> spoiled) {
        return draft.needs(Need.DPOP, Need.APPROVER)
                .judged(scene -> {
                    var request = request(scene, scene.device().asks().isApproved());
                    var good = Proof.of(Keys.ec(), request.uri()).with(nonce(scene));
                    scene.send(request.with("DPoP", spoiled.apply(good)))
                            .isRefused()
                            .hasNo("access_token");
                });
    }

    /// Tokens, and the key that they are bound to.
    private record Bound(Device device, ECKey key, Answer answer) {
        String token() {
            return answer.text("access_token");
        }

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
        var type = answer.text("token_type");
        answer.expect(type.equalsIgnoreCase("DPoP"), "token_type DPoP", type);
        return new Bound(device, key, answer);
    }

    private static Request request(Scene scene, Device device) {
        return device.client().signs(scene.tokenRequest(), device.pollForm());
    }

    private static Answer prove(Scene scene, ECKey key, Request request) {
        return scene.send(
                request.with("DPoP", Proof.of(key, request.uri()).with(nonce(scene)).signed()));
    }

    /// The nonce that the server wants in proofs (RFC 9449 §8); empty where it wants none.
    private static Optional<String> nonce(Scene scene) {
        var request = request(scene, scene.device().asks());
        var answer = scene.send(request.with("DPoP", Proof.of(Keys.ec(), request.uri()).signed()));
        return answer.error().equals("use_dpop_nonce")
                ? answer.header("DPoP-Nonce")
                : Optional.empty();
    }

    /// Userinfo with a proof for some token, and once more with a nonce where one is wanted (§9).
    private static Answer opens(Scene scene, Bound bound, ECKey key, String provenToken) {
        var uri = scene.endpoint("userinfo_endpoint");
        var request = Request.get(uri).with("Authorization", "DPoP " + bound.token());
        var proof = Proof.of(key, uri).by("GET").with(provenToken);
        var answer = scene.send(request.with("DPoP", proof.signed()));
        var wants = String.join(",", answer.all("WWW-Authenticate")).contains("use_dpop_nonce");
        return wants
                ? scene.send(request.with("DPoP", proof.with(answer.header("DPoP-Nonce")).signed()))
                : answer;
    }
}
