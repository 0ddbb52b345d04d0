package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Client;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.suite.Tokens;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// IN: introspection (RFC 7662), asked by a client about its own tokens, with a secret where one
/// is.
final class IntrospectionCases {
    private static final String ENDPOINT = "introspection_endpoint";

    private IntrospectionCases() {}

    static Stream<Case> all() {
        return Stream.of(live(), dead(), requests()).flatMap(cases -> cases);
    }

    private static Stream<Case> live() {
        return Stream.of(
                must("IN-01", "A live token is active", "RFC 7662 §2.2")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> active(asks(scene, own(scene)).isJson())),
                should("IN-01a", "What is told of it agrees with the token", "RFC 7662 §2.2")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = own(scene);
                            var answer = active(asks(scene, tokens));
                            answer.find("client_id")
                                    .ifPresent(id ->
                                            answer.expect(
                                                    id.equals(tokens.device().client().id()),
                                                    "client_id of the device",
                                                    id));
                            answer.find("iss")
                                    .ifPresent(iss ->
                                            answer.expect(
                                                    iss.equals(scene.metadata().issuer()),
                                                    "iss of the metadata",
                                                    iss));
                            Jwt.of(tokens.access())
                                    .ifPresent(jwt -> {
                                        if (answer.has("exp")) {
                                            answer.expect(
                                                    answer.positive("exp") == jwt.seconds("exp"),
                                                    "exp of the token",
                                                    answer.positive("exp") + "");
                                        }
                                    });
                        }),
                wise("IN-01b", "scope, client_id, sub and exp are told", "RFC 7662 §2.2")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> {
                            var answer = active(asks(scene, own(scene)));
                            answer.text("scope");
                            answer.text("client_id");
                            answer.text("sub");
                            answer.positive("exp");
                        }),
                should(
                                "IN-12",
                                "A refresh token may be asked about, too, and is told truly",
                                "RFC 7662 §2.1")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = own(scene);
                            asks(scene, tokens.device(), tokens.refresh()).is(200).isJson();
                        }),
                wise("IN-13", "What is told is not stored by caches", "RFC 7662 §4")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> asks(scene, own(scene)).isNotStored()));
    }

    private static Stream<Case> dead() {
        return Stream.of(
                must(
                                "IN-02",
                                "A token that nobody knows is inactive, and nothing else is told",
                                "RFC 7662 §2.2")
                        .needs(Need.INTROSPECTION)
                        .judged(scene -> inactive(asks(scene, asker(scene), scene.madeUp()))),
                must("IN-02a", "A revoked token is inactive", "RFC 7662 §2.2, RFC 7009 §2")
                        .needs(Need.INTROSPECTION, Need.APPROVER, Need.REVOCATION)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            active(asks(scene, tokens));
                            tokens.device().revokes(tokens.access()).is(200);
                            inactive(asks(scene, tokens));
                        }),
                should(
                                "IN-02b",
                                "With its refresh token, an access token ends here as well",
                                "RFC 7009 §2.1")
                        .needs(Need.INTROSPECTION, Need.APPROVER, Need.REVOCATION)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            inactive(asks(scene, tokens));
                        }),
                must("IN-05", "A forged token is inactive", "RFC 7662 §4, RFC 8725 §3")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = own(scene);
                            var jwt =
                                    Jwt.of(tokens.access())
                                            .orElseThrow(() ->
                                                    scene.skip(
                                                            "needs access tokens that are JWTs"));
                            for (var forged :
                                    new String[] {
                                        Forged.signature(jwt),
                                        Forged.unsigned(jwt),
                                        Forged.withoutSignature(jwt),
                                        Forged.byStranger(jwt, false),
                                        Forged.byStranger(jwt, true)
                                    }) {
                                inactive(asks(scene, tokens.device(), forged));
                            }
                        }),
                must("IN-11", "A device code and a user code are no tokens", "RFC 7662 §2.2")
                        .needs(Need.INTROSPECTION)
                        .judged(scene -> {
                            var device = asker(scene).asks();
                            inactive(asks(scene, device, device.codes().deviceCode()));
                            inactive(asks(scene, device, device.codes().userCode()));
                        }));
    }

    private static Stream<Case> requests() {
        return Stream.of(
                must("IN-03", "Who is unknown is told nothing", "RFC 7662 §2.1")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> {
                            var form = Form.of("token", own(scene).access());
                            var answer = scene.send(Request.post(scene.endpoint(ENDPOINT), form));
                            answer.is(400, 401, 403).hasNo("active");
                        }),
                wise("IN-03a", "Who is unknown gets 401", "RFC 7662 §2.3")
                        .needs(Need.INTROSPECTION)
                        .judged(scene ->
                                scene.send(
                                                Request.post(
                                                        scene.endpoint(ENDPOINT),
                                                        Form.of("token", "x")))
                                        .is(401)),
                must("IN-03b", "A wrong secret gets 401", "RFC 7662 §2.3")
                        .needs(Need.INTROSPECTION, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var id = scene.confidential().id();
                            scene.send(
                                            Request.post(
                                                            scene.endpoint(ENDPOINT),
                                                            Form.of("token", "x"))
                                                    .with(
                                                            "Authorization",
                                                            Client.basic(id, "wrong")))
                                    .is(401);
                        }),
                wise(
                                "IN-04",
                                "Another client's token is told as inactive, or not at all",
                                "RFC 7662 §4")
                        .needs(Need.INTROSPECTION, Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene -> {
                            var answer = asks(scene, scene.otherDevice(), scene.shared().access());
                            answer.expect(
                                    answer.status() >= 400
                                            || !answer.json().path("active").asBoolean(true),
                                    "inactive, or a refusal",
                                    answer.told());
                        }),
                should("IN-07", "A token in the address does not count", "RFC 7662 §2.1")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = own(scene);
                            var form =
                                    Form.of(
                                            "token",
                                            tokens.access(),
                                            "client_id",
                                            tokens.device().client().id());
                            var uri = URI.create(scene.endpoint(ENDPOINT) + "?" + form.encoded());
                            var answer = scene.send(Request.get(uri));
                            answer.expect(answer.status() >= 400, "a refusal", answer.told())
                                    .hasNo("active");
                        }),
                should(
                                "IN-08",
                                "A token missing or given twice is refused",
                                "RFC 7662 §2.1, RFC 6749 §3.2")
                        .needs(Need.INTROSPECTION)
                        .judged(scene -> {
                            asker(scene).presents(ENDPOINT, Form.of()).isRefused();
                            asker(scene)
                                    .presents(ENDPOINT, Form.of("token", "a", "token", "b"))
                                    .isRefused();
                        }),
                must("IN-14", "A hint does not change what is told", "RFC 7662 §2.1")
                        .needs(Need.INTROSPECTION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = own(scene);
                            for (var hint : new String[] {"refresh_token", "no_such_kind"}) {
                                var form =
                                        Form.of("token", tokens.access(), "token_type_hint", hint);
                                active(tokens.device().presents(ENDPOINT, form).is(200));
                            }
                        }));
    }

    /// Servers differ in whether a public client may ask: one with a secret is on the safe side.
    private static Device asker(Scene scene) {
        return scene.device(scene.roles().confidential().orElse(scene.roles().device()));
    }

    private static Tokens own(Scene scene) {
        return asker(scene).asks().isApproved().redeems();
    }

    private static Answer asks(Scene scene, Tokens tokens) {
        return asks(scene, tokens.device(), tokens.access());
    }

    /// RFC 7662 §2.2: where the asker is not let in, there is nothing to judge.
    private static Answer asks(Scene scene, Device device, String token) {
        var answer = device.presents(ENDPOINT, Form.of("token", token));
        if (answer.status() == 401 || answer.status() == 403) {
            throw scene.skip("needs a client that may introspect (--confidential)");
        }
        return answer;
    }

    private static Answer active(Answer answer) {
        answer.is(200);
        return answer.expect(
                answer.json().path("active").asBoolean(false), "\"active\": true", answer.body());
    }

    private static void inactive(Answer answer) {
        answer.is(200);
        answer.expect(
                !answer.json().path("active").asBoolean(true), "\"active\": false", answer.body());
        answer.hasNo("sub").hasNo("scope").hasNo("client_id");
    }
}
