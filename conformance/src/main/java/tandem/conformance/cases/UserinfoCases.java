package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// UI: userinfo (OpenID Connect Core §5.3), and bearer tokens in general (RFC 6750).
final class UserinfoCases {
    private UserinfoCases() {}

    static Stream<Case> all() {
        return Stream.of(answers(), refusals()).flatMap(cases -> cases);
    }

    private static Stream<Case> answers() {
        return Stream.of(
                must(
                                "UI-01",
                                "Userinfo tells of the person in the ID token",
                                "OpenID Connect Core §5.3.2")
                        .needs(Need.USERINFO, Need.APPROVER, Need.OPENID)
                        .judged(scene -> {
                            var sub = Jwt.id(scene).text("sub");
                            var got = get(scene, scene.shared().access()).is(200);
                            if (got.type().equals("application/jwt")) {
                                throw scene.skip("needs userinfo as JSON");
                            }
                            got.isJson()
                                    .expect(
                                            got.text("sub").equals(sub),
                                            "sub " + sub,
                                            got.text("sub"));
                        }),
                must("UI-01a", "Userinfo takes POST as well", "OpenID Connect Core §5.3.1")
                        .needs(Need.USERINFO, Need.APPROVER, Need.OPENID)
                        .judged(scene ->
                                scene.send(
                                                Request.post(uri(scene), Form.of())
                                                        .without("Content-Type")
                                                        .bearer(scene.shared().access()))
                                        .is(200)),
                should(
                                "UI-09",
                                "The scheme Bearer is read without regard to case",
                                "RFC 9110 §11.1")
                        .needs(Need.USERINFO, Need.APPROVER, Need.OPENID)
                        .judged(scene ->
                                authorized(scene, "bearer " + scene.shared().access()).is(200)),
                should(
                                "UI-07",
                                "Userinfo tells no more than the scopes say",
                                "OpenID Connect Core §5.4")
                        .needs(Need.USERINFO, Need.APPROVER, Need.OPENID)
                        .judged(scene -> {
                            var tokens =
                                    scene.device()
                                            .asksWith(form -> form.set("scope", "openid"))
                                            .isApproved()
                                            .redeems();
                            if (!Scopes.of(tokens.scope().orElse("openid"))
                                    .equals(Scopes.of("openid"))) {
                                throw scene.skip("needs a client that may be granted openid alone");
                            }
                            get(scene, tokens.access())
                                    .is(200)
                                    .hasNo("email")
                                    .hasNo("name")
                                    .hasNo("phone_number")
                                    .hasNo("address");
                        }),
                wise("UI-10", "What userinfo tells is not stored by caches", "RFC 9111 §5.2.2.5")
                        .needs(Need.USERINFO, Need.APPROVER, Need.OPENID)
                        .judged(scene ->
                                get(scene, scene.shared().access()).is(200).isNotStored()));
    }

    private static Stream<Case> refusals() {
        return Stream.of(
                must("UI-02", "Without a token: 401 and WWW-Authenticate", "RFC 6750 §3")
                        .needs(Need.USERINFO)
                        .judged(scene -> {
                            var answer = scene.send(Request.get(uri(scene))).is(401);
                            challenge(answer);
                        }),
                should("UI-02a", "Without a token the challenge names no error", "RFC 6750 §3.1")
                        .needs(Need.USERINFO)
                        .judged(scene -> {
                            var answer = scene.send(Request.get(uri(scene)));
                            if (answer.header("WWW-Authenticate").isEmpty()) {
                                throw scene.skip("needs a challenge (UI-02)");
                            }
                            answer.expect(
                                    !challenge(answer).contains("error="),
                                    "no error in the challenge",
                                    challenge(answer));
                        }),
                must("UI-03", "An unknown token: 401", "RFC 6750 §3.1")
                        .needs(Need.USERINFO)
                        .judged(scene -> challenge(get(scene, scene.madeUp()).is(401))),
                should("UI-03a", "An unknown token is invalid_token", "RFC 6750 §3.1")
                        .needs(Need.USERINFO)
                        .judged(scene -> {
                            var answer = get(scene, scene.madeUp()).is(401);
                            answer.expect(
                                    challenge(answer).contains("invalid_token"),
                                    "error=\"invalid_token\"",
                                    challenge(answer));
                        }),
                must(
                                "UI-03b",
                                "A token with a changed signature is refused",
                                "RFC 6750 §3.1, RFC 7519 §7.2")
                        .needs(Need.USERINFO, Need.APPROVER)
                        .judged(scene -> get(scene, Forged.signature(Jwt.access(scene))).is(401)),
                must("UI-03c", "A token with alg none is refused", "RFC 8725 §3.2")
                        .needs(Need.USERINFO, Need.APPROVER)
                        .judged(scene -> get(scene, Forged.unsigned(Jwt.access(scene))).is(401)),
                must(
                                "UI-03d",
                                "A token with the server's claims and a stranger's key is refused",
                                "RFC 8725 §3.1, §3.10")
                        .needs(Need.USERINFO, Need.APPROVER)
                        .judged(scene -> {
                            get(scene, Forged.byStranger(Jwt.access(scene), false)).is(401);
                            get(scene, Forged.byStranger(Jwt.access(scene), true)).is(401);
                        }),
                must(
                                "UI-03e",
                                "A revoked token is refused",
                                "RFC 7009 §2, OpenID Connect Core §5.3.3")
                        .needs(Need.USERINFO, Need.APPROVER, Need.REVOCATION, Need.OPENID)
                        .alone()
                        .judged(scene -> {
                            var tokens = RevocationCases.own(scene);
                            get(scene, tokens.access()).is(200);
                            tokens.device().revokes(tokens.access()).is(200);
                            get(scene, tokens.access()).is(401);
                        }),
                should(
                                "UI-04",
                                "A token without openid opens nothing",
                                "OpenID Connect Core §5.3, RFC 6750 §3.1")
                        .needs(Need.USERINFO, Need.APPROVER)
                        .judged(scene -> {
                            var plain = Scopes.without(scene.scope(), "openid");
                            if (plain.isBlank()
                                    || scene.device()
                                                    .tries(form -> form.set("scope", plain))
                                                    .status()
                                            != 200) {
                                throw scene.skip(
                                        "needs a scope beside openid that may be asked alone");
                            }
                            var tokens =
                                    scene.device()
                                            .asksWith(form -> form.set("scope", plain))
                                            .isApproved()
                                            .redeems();
                            get(scene, tokens.access()).is(401, 403);
                        }),
                should("UI-05", "A token in the address is not accepted", "RFC 9700 §4.3.2")
                        .needs(Need.USERINFO, Need.APPROVER)
                        .judged(scene ->
                                scene.send(
                                                Request.get(
                                                        URI.create(
                                                                uri(scene)
                                                                        + "?access_token="
                                                                        + scene.shared().access())))
                                        .isRefused()),
                should("UI-06", "A token in header and body at once is refused", "RFC 6750 §2")
                        .needs(Need.USERINFO, Need.APPROVER)
                        .judged(scene -> {
                            var token = scene.shared().access();
                            var answer =
                                    scene.send(
                                            Request.post(uri(scene), Form.of("access_token", token))
                                                    .bearer(token));
                            answer.is(400, 401, 415);
                        }),
                must(
                                "UI-11",
                                "An ID token is no access token",
                                "RFC 9068 §4, OpenID Connect Core §5.3.1")
                        .needs(Need.USERINFO, Need.APPROVER, Need.OPENID)
                        .judged(scene -> get(scene, scene.shared().id()).is(400, 401, 403)),
                should(
                                "UI-12",
                                "Two tokens, or none behind the scheme, are refused",
                                "RFC 6750 §2.1, §3.1")
                        .needs(Need.USERINFO, Need.APPROVER)
                        .judged(scene -> {
                            var token = scene.shared().access();
                            authorized(scene, "Bearer " + token + " " + token).is(400, 401);
                            authorized(scene, "Bearer").is(400, 401);
                            authorized(scene, "Basic " + token).is(400, 401);
                        }));
    }

    static Answer get(Scene scene, String token) {
        return scene.send(Request.get(uri(scene)).bearer(token));
    }

    private static Answer authorized(Scene scene, String header) {
        return scene.send(Request.get(uri(scene)).with("Authorization", header));
    }

    private static URI uri(Scene scene) {
        return scene.endpoint("userinfo_endpoint");
    }

    private static String challenge(Answer answer) {
        var challenge = String.join(", ", answer.all("WWW-Authenticate"));
        answer.expect(
                challenge.toLowerCase(Locale.ROOT).contains("bearer") || challenge.contains("DPoP"),
                "WWW-Authenticate: Bearer",
                challenge.isEmpty() ? "none" : challenge);
        return challenge;
    }
}
