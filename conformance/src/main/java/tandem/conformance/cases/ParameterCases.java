package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;

/// DA: what a request for codes may hold (RFC 8628 §3.1), and what is ignored.
final class ParameterCases {
    private ParameterCases() {}

    static Stream<Case> all() {
        return parameters();
    }

    private static Stream<Case> parameters() {
        return Stream.of(
                must(
                                "DA-05",
                                "A request without scope gets codes or invalid_scope",
                                "RFC 8628 §3.1, RFC 6749 §3.3")
                        .judged(scene ->
                                codesOr(scene, form -> form.without("scope"), "invalid_scope")),
                must("DA-06", "An empty scope counts as none", "RFC 8628 §3.1")
                        .judged(scene -> {
                            var without = scene.device().tries(form -> form.without("scope"));
                            var empty = scene.device().tries(form -> form.set("scope", ""));
                            empty.expect(
                                    empty.status() == without.status()
                                            && empty.error().equals(without.error()),
                                    "as without scope: " + without.told(),
                                    empty.told());
                        }),
                should(
                                "DA-07",
                                "A scope that nobody knows is invalid_scope, or left out",
                                "RFC 6749 §3.3, §5.2")
                        .judged(scene ->
                                codesOr(
                                        scene,
                                        form -> form.set("scope", "openid no:such:scope"),
                                        "invalid_scope")),
                should(
                                "DA-08",
                                "A scope with characters that none may have is refused",
                                "RFC 6749 §3.3, §A.4")
                        .judged(scene -> {
                            for (var scope :
                                    new String[] {
                                        "openid \"", "openid \\", "openid \u0007", "openid é"
                                    }) {
                                var answer = scene.device().tries(form -> form.set("scope", scope));
                                if (answer.status() != 200) {
                                    answer.isError("invalid_scope", "invalid_request");
                                }
                            }
                        }),
                should("DA-09", "A parameter given twice is refused: scope", "RFC 8628 §3.1")
                        .judged(scene -> twice(scene).isRefused().hasNo("device_code")),
                should(
                                "DA-09a",
                                "A parameter given twice is invalid_request",
                                "RFC 8628 §3.1, RFC 6749 §5.2")
                        .judged(scene -> {
                            var answer = twice(scene);
                            if (answer.isSuccess()) {
                                throw scene.skip("needs a server that refuses it (DA-09)");
                            }
                            answer.isError("invalid_request");
                        }),
                should("DA-10", "A parameter given twice is refused: client_id", "RFC 8628 §3.1")
                        .judged(scene -> {
                            var id = scene.roles().device().id();
                            scene.device()
                                    .tries(form -> form.with("client_id", id).with("client_id", id))
                                    .isRefused()
                                    .hasNo("device_code");
                            scene.device()
                                    .tries(form ->
                                            form.with("client_id", id).with("client_id", "other"))
                                    .isRefused()
                                    .hasNo("device_code");
                        }),
                must("DA-31", "Unknown parameters are ignored", "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form ->
                                                form.with("foo", "1")
                                                        .with("no_such_parameter", "x"))
                                        .is(200)),
                should(
                                "DA-31a",
                                "Parameters of other flows are ignored: response_type, redirect_uri, state",
                                "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form ->
                                                form.with("response_type", "token")
                                                        .with("state", "abc")
                                                        .with(
                                                                "redirect_uri",
                                                                "https://client.example/cb"))
                                        .is(200)),
                wise("DA-31b", "An unknown parameter may even come twice", "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form -> form.with("foo", "1").with("foo", "2"))
                                        .is(200)),
                should(
                                "DA-37",
                                "An API that nobody knows is invalid_target, or ignored",
                                "RFC 8707 §2")
                        .judged(scene ->
                                codesOr(
                                        scene,
                                        form ->
                                                form.set(
                                                        "resource", "https://no-such-api.example/"),
                                        "invalid_target",
                                        "invalid_request")),
                should(
                                "DA-37a",
                                "A resource that is no absolute address is invalid_target, or ignored",
                                "RFC 8707 §2")
                        .judged(scene ->
                                codesOr(
                                        scene,
                                        form -> form.set("resource", "/relative#fragment"),
                                        "invalid_target",
                                        "invalid_request")),
                must("DA-38", "resource is the one parameter that may come twice", "RFC 8707 §2")
                        .needs(Need.API)
                        .judged(scene -> {
                            var api = scene.roles().api().orElseThrow();
                            var once =
                                    scene.device()
                                            .tries(form ->
                                                    form.without("audience").set("resource", api));
                            if (once.status() != 200) {
                                throw scene.skip("needs support of resource (RFC 8707)");
                            }
                            var twice =
                                    scene.device()
                                            .tries(form ->
                                                    form.without("audience")
                                                            .set("resource", api)
                                                            .with("resource", api));
                            twice.expect(
                                    twice.status() == 200 || twice.error().equals("invalid_target"),
                                    "codes, or invalid_target",
                                    twice.told());
                        }),
                must(
                                "DA-49",
                                "openid is a scope like others in this flow",
                                "OpenID Connect Core §3.1.2.1, RFC 8628 §3.1")
                        .needs(Need.OPENID)
                        .judged(scene ->
                                scene.device().tries(form -> form.set("scope", "openid")).is(200)),
                must(
                                "DA-13",
                                "A client without the device grant gets no codes",
                                "RFC 8628 §3.1, RFC 6749 §5.2")
                        .needs(Need.UNGRANTED_CLIENT)
                        .judged(scene -> ungranted(scene).isRefused().hasNo("device_code")),
                should(
                                "DA-13a",
                                "A client without the device grant is unauthorized_client",
                                "RFC 6749 §5.2")
                        .needs(Need.UNGRANTED_CLIENT)
                        .judged(scene -> ungranted(scene).isError("unauthorized_client")),
                must(
                                "DA-51",
                                "The code that was given is one that the token endpoint knows",
                                "RFC 8628 §3.2, §3.4")
                        .judged(scene -> scene.device().asks().polls().isWaiting()),
                wise(
                                "DA-52",
                                "A hint, a language, a wish for authentication are taken or ignored",
                                "RFC 8628 §3.1, OpenID Connect Core §3.1.2.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form ->
                                                form.with("login_hint", "somebody@example.com")
                                                        .with("ui_locales", "de en")
                                                        .with("acr_values", "0"))
                                        .is(200)),
                must(
                                "DA-53",
                                "A repeated request gives a new code and leaves the old one alone",
                                "RFC 8628 §3.1, §3.2")
                        .judged(scene -> {
                            var first = scene.device().asks();
                            scene.device().asks();
                            first.polls().isWaiting();
                        }));
    }

    private static Answer twice(Scene scene) {
        return scene.device().tries(form -> form.set("scope", "openid").with("scope", "profile"));
    }

    private static Answer ungranted(Scene scene) {
        return scene.device(scene.roles().ungranted().orElseThrow()).tries(form -> form);
    }

    /// Either 200 with codes, or this refusal: both are allowed, a fault is not.
    private static void codesOr(
            Scene scene, java.util.function.UnaryOperator<Form> change, String... errors) {
        var answer = scene.device().tries(change);
        if (answer.status() == 200) {
            answer.text("device_code");
        } else {
            answer.isError(errors);
        }
    }
}
