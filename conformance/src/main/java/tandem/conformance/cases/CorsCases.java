package tandem.conformance.cases;

import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Request;

/// CO: who may read answers from a web page elsewhere (Fetch standard, RFC 9700 §2.6).
final class CorsCases {
    private static final String EVIL = "https://evil.example";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private CorsCases() {}

    static Stream<Case> all() {
        return Stream.of(
                wise("CO-01", "Metadata and keys may be read from everywhere", "RFC 8414 §3, Fetch")
                        .needs(Need.METADATA, Need.KEYS)
                        .judged(scene -> {
                            for (var uri :
                                    List.of(
                                            scene.metadata().address().orElseThrow(),
                                            scene.endpoint("jwks_uri"))) {
                                var answer = scene.send(Request.get(uri).with("Origin", EVIL));
                                answer.expect(
                                        allowed(answer).equals("*") || allowed(answer).equals(EVIL),
                                        ALLOWED + ": *",
                                        allowed(answer));
                            }
                        }),
                wise(
                                "CO-03",
                                "No answer lets a foreign page read with the person's cookies",
                                "RFC 9700 §2.6, Fetch")
                        .judged(scene -> {
                            for (var uri : endpoints(scene)) {
                                for (var request :
                                        List.of(
                                                Request.get(uri),
                                                scene.device()
                                                        .client()
                                                        .signs(
                                                                Request.get(uri),
                                                                scene.device().usual()))) {
                                    var answer = scene.send(request.with("Origin", EVIL));
                                    answer.expect(
                                            !(allowed(answer).equals(EVIL) && credentials(answer)),
                                            "no " + ALLOWED + " with credentials",
                                            allowed(answer) + " at " + uri);
                                }
                            }
                        }),
                should("CO-04", "The page for the code has no CORS", "RFC 9700 §2.6")
                        .judged(scene -> {
                            var answer =
                                    scene.send(
                                            Request.get(scene.device().asks().codes().page())
                                                    .with("Origin", EVIL)
                                                    .with("Accept", "text/html"));
                            answer.expect(
                                    allowed(answer).isEmpty(), "no " + ALLOWED, allowed(answer));
                        }),
                should(
                                "CO-02",
                                "An allowed origin may read the token endpoint's answers",
                                "RFC 9700 §2.6, Fetch")
                        .needs(Need.ORIGIN)
                        .judged(scene -> {
                            var origin = scene.roles().origin().orElseThrow();
                            var answer = poll(scene, origin);
                            answer.expect(
                                    allowed(answer).equals(origin) || allowed(answer).equals("*"),
                                    ALLOWED + ": " + origin,
                                    allowed(answer));
                        }),
                wise(
                                "CO-02a",
                                "Another origin may not, where origins are told apart",
                                "RFC 9700 §2.6")
                        .needs(Need.ORIGIN)
                        .judged(scene -> {
                            var answer = poll(scene, EVIL);
                            answer.expect(
                                    allowed(answer).isEmpty(), "no " + ALLOWED, allowed(answer));
                        }),
                should("CO-05", "An allowed origin's preflight is answered", "Fetch §4.8")
                        .needs(Need.ORIGIN)
                        .judged(scene -> {
                            var origin = scene.roles().origin().orElseThrow();
                            var answer = preflight(scene, origin);
                            answer.expect(answer.isSuccess(), "2xx", answer.told());
                            answer.expect(
                                    allowed(answer).equals(origin) || allowed(answer).equals("*"),
                                    ALLOWED + ": " + origin,
                                    allowed(answer));
                        }),
                wise(
                                "CO-06",
                                "Origins that only look like the allowed one are not allowed",
                                "Fetch §3.2")
                        .needs(Need.ORIGIN)
                        .judged(scene -> {
                            var origin = scene.roles().origin().orElseThrow();
                            for (var near :
                                    List.of(
                                            "null",
                                            origin + ".evil.example",
                                            origin.replace("://", "://evil."),
                                            origin + "/",
                                            origin + ":444")) {
                                var answer = poll(scene, near);
                                answer.expect(
                                        allowed(answer).isEmpty(),
                                        "no " + ALLOWED + " for " + near,
                                        allowed(answer));
                            }
                        }),
                wise(
                                "CO-06a",
                                "Origin null is never allowed with credentials",
                                "Fetch §3.2, RFC 9700 §2.6")
                        .judged(scene -> {
                            var answer = poll(scene, "null");
                            answer.expect(
                                    !(allowed(answer).equals("null") && credentials(answer)),
                                    "no " + ALLOWED + ": null",
                                    allowed(answer));
                        }),
                wise("CO-08", "Refusals follow the same rule as tokens", "Fetch §3.2")
                        .needs(Need.ORIGIN)
                        .judged(scene -> {
                            var origin = scene.roles().origin().orElseThrow();
                            var refused =
                                    scene.send(
                                            scene.device()
                                                    .asks()
                                                    .client()
                                                    .signs(
                                                            scene.tokenRequest(),
                                                            tandem.conformance.wire.Form.of(
                                                                    "grant_type", "x"))
                                                    .with("Origin", origin));
                            refused.expect(
                                    !allowed(refused).isEmpty(),
                                    ALLOWED + " as for a success",
                                    "none");
                        }),
                should(
                                "CO-09",
                                "A cache is told that the answer depends on the origin",
                                "Fetch §3.2.5, RFC 9110 §12.5.5")
                        .needs(Need.ORIGIN)
                        .judged(scene -> {
                            var origin = scene.roles().origin().orElseThrow();
                            var answer = poll(scene, origin);
                            if (!allowed(answer).equals(origin)
                                    || String.join(",", answer.all("Cache-Control"))
                                            .contains("no-store")) {
                                throw scene.skip(
                                        "needs answers that are stored and name the origin");
                            }
                            answer.expect(
                                    String.join(",", answer.all("Vary"))
                                            .toLowerCase(java.util.Locale.ROOT)
                                            .contains("origin"),
                                    "Vary: Origin",
                                    answer.all("Vary").toString());
                        }));
    }

    private static Answer poll(Scene scene, String origin) {
        var device = scene.device().asks();
        return scene.send(
                device.client()
                        .signs(scene.tokenRequest(), device.pollForm())
                        .with("Origin", origin));
    }

    private static Answer preflight(Scene scene, String origin) {
        return scene.send(
                new Request("OPTIONS", scene.metadata().tokenEndpoint(), List.of(), "")
                        .with("Origin", origin)
                        .with("Access-Control-Request-Method", "POST")
                        .with("Access-Control-Request-Headers", "content-type"));
    }

    private static List<URI> endpoints(Scene scene) {
        return Stream.concat(
                        Stream.of(
                                scene.metadata().deviceEndpoint(),
                                scene.metadata().tokenEndpoint()),
                        Stream.of(
                                        "revocation_endpoint",
                                        "introspection_endpoint",
                                        "userinfo_endpoint")
                                .flatMap(member -> scene.metadata().uri(member).stream()))
                .toList();
    }

    private static boolean credentials(Answer answer) {
        return answer.header("Access-Control-Allow-Credentials").orElse("").equals("true");
    }

    private static String allowed(Answer answer) {
        return answer.header(ALLOWED).orElse("");
    }
}
