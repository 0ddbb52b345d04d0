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
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Request;

/// TK: redemption (RFC 8628 §3.5): an approved code buys tokens, once, and for its own client
/// alone.
final class RedemptionCases {
    private RedemptionCases() {}

    static Stream<Case> all() {
        return Stream.concat(redemption(), strangers());
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
                must("TK-10c", "A scope other than the asked one is told", "RFC 6749 §3.3, §5.1")
                        .needs(Need.APPROVER)
                        .judged(scene -> {
                            var granted =
                                    Jwt.access(scene)
                                            .claim("scope")
                                            .orElseThrow(() ->
                                                    scene.skip("needs a scope in access tokens"))
                                            .toString();
                            var told = scene.shared().scope().orElse(scene.scope());
                            scene.expect(Scopes.of(told).equals(Scopes.of(granted)), granted, told);
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
                            device.pollsInTime().isRefusedForGood().hasNo("access_token");
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
                                        .isRefused()
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
                                    .isRefused()
                                    .hasNo("access_token");
                        }),
                must("TK-27", "A wrong secret redeems nothing", "RFC 6749 §3.2.1, RFC 8628 §3.4")
                        .needs(Need.APPROVER, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var device = scene.device(scene.confidential()).asks().isApproved();
                            wrong(scene, device).isRefused().hasNo("access_token");
                        }),
                wise("TK-27b", "A wrong secret does not spend the code", "RFC 8628 §5.2")
                        .needs(Need.APPROVER, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var device = scene.device(scene.confidential()).asks().isApproved();
                            wrong(scene, device);
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
                                    .isRefused()
                                    .hasNo("access_token");
                        }));
    }

    /// A poll of the client with a secret, with another one.
    private static Answer wrong(Scene scene, Device device) {
        var client = scene.confidential();
        var wrong = new Client(client.id(), Optional.of("wrong"), client.secretInBody());
        return scene.send(wrong.signs(scene.tokenRequest(), device.pollForm()));
    }

    private static Answer stranger(Scene scene, Device device) {
        return scene.otherDevice().asksTokens(device.pollForm());
    }
}
