package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.conformance.person.Wish;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Client;
import tandem.conformance.suite.Device;
import tandem.conformance.suite.Metadata;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// TK: the device grant at the token endpoint (RFC 8628 §3.4, §3.5): redemption and refusals.
final class TokenCases {
    private TokenCases() {}

    static Stream<Case> all() {
        return Stream.of(redemption(), strangers(), requests(), refusals()).flatMap(cases -> cases);
    }

    private static Stream<Case> redemption() {
        return Stream.of(
                must(
                                "TK-10",
                                "An approved code is redeemed for tokens, as JSON",
                                "RFC 8628 §3.5, RFC 6749 §5.1")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var answer =
                                    scene.device()
                                            .asks()
                                            .isApproved()
                                            .pollsToEnd()
                                            .is(200)
                                            .isJson();
                            answer.text("access_token");
                            var type = answer.text("token_type").toLowerCase(Locale.ROOT);
                            answer.expect(
                                    type.equals("bearer") || type.equals("dpop"),
                                    "token_type Bearer",
                                    type);
                        }),
                must("TK-10a", "Tokens are not to be stored by caches", "RFC 6749 §5.1")
                        .needs(Need.APPROVER)
                        .judged(scene -> scene.shared().answer().isNotStored()),
                should("TK-10b", "Tokens come with expires_in, a JSON number", "RFC 6749 §5.1")
                        .needs(Need.APPROVER)
                        .judged(scene -> scene.shared().answer().positive("expires_in")),
                must("TK-10c", "A scope other than the asked one is told", "RFC 6749 §5.1")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.shared();
                            var asked = Scopes.of(scene.scope());
                            tokens.scope()
                                    .ifPresent(told ->
                                            tokens.answer()
                                                    .expect(
                                                            asked.containsAll(Scopes.of(told)),
                                                            "no more than " + scene.scope(),
                                                            told));
                        }),
                must("TK-10d", "openid brings an ID token", "OpenID Connect Core §3.1.3.3")
                        .needs(Need.APPROVER, Need.OPENID)
                        .judged(scene -> scene.shared().answer().text("id_token")),
                should("TK-11", "A device code buys tokens once", "RFC 8628 §3.5, RFC 6749 §10.5")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.linked().device();
                            device.pollsInTime().isRefused().hasNo("access_token");
                        }),
                should("TK-11a", "A redeemed code is invalid_grant", "RFC 6749 §5.2")
                        .needs(Need.APPROVER)
                        .judged(scene ->
                                scene.linked()
                                        .device()
                                        .pollsInTime()
                                        .isError("invalid_grant", "expired_token")),
                must("TK-31", "A refused request is access_denied", "RFC 8628 §3.5")
                        .needs(Need.APPROVER)
                        .judged(scene ->
                                scene.device()
                                        .asks()
                                        .isDenied()
                                        .pollsToEnd()
                                        .isError("access_denied")),
                must("TK-31a", "What was refused stays refused", "RFC 8628 §3.5")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device().asks().isDenied();
                            device.pollsToEnd();
                            device.pollsInTime()
                                    .isErrorBut("authorization_pending", "slow_down")
                                    .hasNo("access_token");
                        }),
                must("TK-32", "A refused code cannot be approved afterwards", "RFC 8628 §3.3, §3.5")
                        .needs(Need.PAGES)
                        .judged(scene -> {
                            var device = scene.device().asks().isDenied();
                            People.triesAll(scene, device.codes(), Wish.ALLOW);
                            device.pollsToEnd().isRefused().hasNo("access_token");
                        }),
                should(
                                "TK-50",
                                "Without openid there is no ID token",
                                "OpenID Connect Core §3.1.2.1")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device();
                            var plain = Scopes.without(scene.scope(), "openid");
                            if (device.tries(form -> form.set("scope", plain)).status() != 200) {
                                throw scene.skip(
                                        "needs a scope beside openid that may be asked alone");
                            }
                            device.asksWith(form -> form.set("scope", plain))
                                    .isApproved()
                                    .redeems()
                                    .answer()
                                    .hasNo("id_token");
                        }),
                should(
                                "TK-39",
                                "Another API at the poll than was consented changes nothing",
                                "RFC 8707 §2.2")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var answer =
                                    scene.device()
                                            .asks()
                                            .isApproved()
                                            .pollsWith(form ->
                                                    form.set(
                                                            "resource",
                                                            "https://no-such-api.example/"));
                            if (answer.status() == 200) {
                                answer.expect(
                                        !Jwt.of(answer.text("access_token"))
                                                .map(Jwt::audience)
                                                .orElse(java.util.List.of())
                                                .contains("https://no-such-api.example/"),
                                        "the audience as consented",
                                        "the other one");
                            } else {
                                answer.isError(
                                        "invalid_target", "invalid_request", "invalid_grant");
                            }
                        }));
    }

    private static Stream<Case> strangers() {
        return Stream.of(
                must(
                                "TK-14",
                                "Another client cannot redeem the code",
                                "RFC 6749 §5.2, RFC 8628 §3.4")
                        .needs(Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene ->
                                stranger(scene, scene.device().asks().isApproved())
                                        .isError(
                                                "invalid_grant",
                                                "invalid_request",
                                                "invalid_client",
                                                "unauthorized_client")
                                        .hasNo("access_token")),
                should("TK-14a", "To another client, the code is invalid_grant", "RFC 6749 §5.2")
                        .needs(Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene ->
                                stranger(scene, scene.device().asks().isApproved())
                                        .isError("invalid_grant")),
                wise("TK-14b", "A stranger's try does not spend the code", "RFC 8628 §5.2")
                        .needs(Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene -> {
                            var device = scene.device().asks().isApproved();
                            stranger(scene, device);
                            device.pollsToEnd().is(200);
                        }),
                wise(
                                "TK-14c",
                                "To a stranger, a waiting code looks like any other",
                                "RFC 8628 §5.2")
                        .needs(Need.OTHER_CLIENT)
                        .judged(scene ->
                                stranger(scene, scene.device().asks())
                                        .isErrorBut("authorization_pending", "slow_down")),
                must("TK-17", "A code without any client is refused", "RFC 8628 §3.4")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device().asks().isApproved();
                            scene.send(
                                            Request.post(
                                                    scene.metadata().tokenEndpoint(),
                                                    device.pollForm()))
                                    .isError("invalid_request", "invalid_client", "invalid_grant")
                                    .hasNo("access_token");
                        }),
                must(
                                "TK-27",
                                "A wrong secret is refused, and does not spend the code",
                                "RFC 6749 §5.2")
                        .needs(Need.APPROVER, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var client = scene.confidential();
                            var device = scene.device(client).asks().isApproved();
                            var wrong =
                                    new Client(
                                            client.id(),
                                            Optional.of("wrong"),
                                            client.secretInBody());
                            scene.send(wrong.signs(scene.tokenRequest(), device.pollForm()))
                                    .isError("invalid_client", "unauthorized_client");
                            device.pollsToEnd().is(200);
                        }),
                must(
                                "TK-27a",
                                "A client with a secret has to authenticate to redeem",
                                "RFC 6749 §3.2.1, RFC 8628 §3.4")
                        .needs(Need.APPROVER, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var device = scene.device(scene.confidential()).asks().isApproved();
                            var bare = Client.open(scene.confidential().id());
                            scene.send(bare.signs(scene.tokenRequest(), device.pollForm()))
                                    .isError("invalid_client", "unauthorized_client")
                                    .hasNo("access_token");
                        }));
    }

    private static Answer stranger(Scene scene, Device device) {
        return scene.otherDevice().asksTokens(device.pollForm());
    }

    private static Stream<Case> requests() {
        return Stream.of(
                must("TK-18", "A device code that nobody was given is refused", "RFC 6749 §5.2")
                        .judged(scene ->
                                poll(scene, scene.madeUp())
                                        .isErrorBut(
                                                "authorization_pending",
                                                "slow_down",
                                                "access_denied")),
                should(
                                "TK-18a",
                                "A device code that nobody was given is invalid_grant",
                                "RFC 6749 §5.2")
                        .judged(scene ->
                                poll(scene, scene.madeUp())
                                        .isError("invalid_grant", "expired_token")),
                must(
                                "TK-19",
                                "A missing device_code is invalid_request",
                                "RFC 8628 §3.4, RFC 6749 §5.2")
                        .judged(scene ->
                                scene.device()
                                        .asksTokens(Form.of("grant_type", Metadata.DEVICE_GRANT))
                                        .isError("invalid_request")),
                should("TK-19a", "An empty device_code counts as none", "RFC 6749 §3.2")
                        .judged(scene -> poll(scene, "").isError("invalid_request")),
                must("TK-20", "A device_code given twice is refused", "RFC 6749 §3.2, §5.2")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            device.pollsWith(form ->
                                            form.with("device_code", device.codes().deviceCode()))
                                    .isError("invalid_request");
                        }),
                must("TK-21", "A grant_type given twice is refused", "RFC 6749 §3.2, §5.2")
                        .judged(scene ->
                                scene.device()
                                        .asks()
                                        .pollsWith(form ->
                                                form.with("grant_type", Metadata.DEVICE_GRANT))
                                        .isError("invalid_request")),
                must(
                                "TK-22",
                                "A missing grant_type is invalid_request, an unknown one unsupported_grant_type",
                                "RFC 6749 §5.2")
                        .judged(scene -> {
                            scene.device()
                                    .asksTokens(Form.of("scope", "openid"))
                                    .isError("invalid_request", "unsupported_grant_type");
                            scene.device()
                                    .asksTokens(Form.of("grant_type", "no:such:grant"))
                                    .isError("unsupported_grant_type", "unauthorized_client");
                        }),
                must(
                                "TK-23",
                                "The grant has one name: no other case, no short form",
                                "RFC 8628 §3.4")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            for (var grant :
                                    new String[] {
                                        Metadata.DEVICE_GRANT.toUpperCase(Locale.ROOT),
                                        Metadata.DEVICE_GRANT + " ",
                                        "device_code"
                                    }) {
                                device.pollsWith(form -> form.set("grant_type", grant))
                                        .isErrorBut("authorization_pending", "slow_down");
                            }
                        }),
                must("TK-24", "A user code is no device code", "RFC 8628 §3.4")
                        .judged(scene ->
                                poll(scene, scene.device().asks().codes().userCode())
                                        .isErrorBut(
                                                "authorization_pending",
                                                "slow_down",
                                                "access_denied")),
                must("TK-24a", "A device code counts to the letter", "RFC 8628 §5.2")
                        .judged(scene -> {
                            var code = scene.device().asks().codes().deviceCode();
                            for (var near :
                                    new String[] {
                                        code.substring(0, code.length() - 1),
                                        code + "A",
                                        swapCase(code)
                                    }) {
                                if (!near.equals(code)) {
                                    poll(scene, near)
                                            .isErrorBut("authorization_pending", "slow_down");
                                }
                            }
                        }),
                must("TK-25", "A device code is no refresh token", "RFC 6749 §5.2")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device().asks().isApproved();
                            device.refreshes(device.codes().deviceCode())
                                    .isRefused()
                                    .hasNo("access_token");
                        }));
    }

    private static Stream<Case> refusals() {
        return Stream.of(
                must(
                                "TK-43",
                                "A refusal is JSON with an error of plain characters",
                                "RFC 6749 §5.2")
                        .judged(scene -> {
                            var pending = scene.device().asks().polls();
                            for (var answer :
                                    new Answer[] {
                                        pending,
                                        poll(scene, scene.madeUp()),
                                        scene.device().asksTokens(Form.of("grant_type", "x"))
                                    }) {
                                answer.isJson();
                                plain(answer, "error");
                                answer.find("error_description")
                                        .ifPresent(text -> plain(answer, "error_description"));
                            }
                        }),
                must(
                                "TK-43a",
                                "A refusal has status 400, or 401 for the client",
                                "RFC 6749 §5.2, RFC 8628 §3.5")
                        .judged(scene -> {
                            scene.device().asks().polls().is(400);
                            poll(scene, scene.madeUp()).is(400);
                            scene.device()
                                    .asksTokens(Form.of("grant_type", Metadata.DEVICE_GRANT))
                                    .is(400);
                        }),
                should(
                                "TK-43b",
                                "Refusals are not to be stored by caches",
                                "RFC 6749 §5.2, RFC 9111 §5.2.2.5")
                        .judged(scene -> scene.device().asks().polls().isNotStored()),
                must("TK-40", "Tokens are asked for by POST alone", "RFC 6749 §3.2")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var form = device.pollForm().with("client_id", device.client().id());
                            var uri =
                                    java.net.URI.create(
                                            scene.metadata().tokenEndpoint()
                                                    + "?"
                                                    + form.encoded());
                            scene.send(Request.get(uri)).isRefused().hasNo("access_token");
                        }),
                should(
                                "TK-41",
                                "A device code in the address is not accepted",
                                "RFC 6749 §2.3.1, §3.2")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var device = scene.device().asks().isApproved();
                            var uri =
                                    java.net.URI.create(
                                            scene.metadata().tokenEndpoint()
                                                    + "?"
                                                    + Form.of(
                                                                    "device_code",
                                                                    device.codes().deviceCode())
                                                            .encoded());
                            scene.send(
                                            device.client()
                                                    .signs(
                                                            scene.tokenRequest().to(uri),
                                                            Form.of(
                                                                    "grant_type",
                                                                    Metadata.DEVICE_GRANT)))
                                    .isRefused()
                                    .hasNo("access_token");
                        }));
    }

    static Answer poll(Scene scene, String deviceCode) {
        return scene.device()
                .asksTokens(
                        Form.of("grant_type", Metadata.DEVICE_GRANT, "device_code", deviceCode));
    }

    private static void plain(Answer answer, String member) {
        var text = answer.text(member);
        answer.expect(
                text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '"' && c != '\\'),
                member + " of %x20-21, %x23-5B, %x5D-7E",
                text);
    }

    private static String swapCase(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
    }
}
