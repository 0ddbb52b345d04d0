package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;

import java.util.Locale;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
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
        return Stream.concat(requests(), refusals());
    }

    private static Stream<Case> requests() {
        return Stream.of(
                must("TK-18", "A device code that nobody was given is refused", "RFC 6749 §5.2")
                        .judged(scene -> poll(scene, scene.madeUp()).isRefusedForGood()),
                should(
                                "TK-18a",
                                "A device code that nobody was given is invalid_grant",
                                "RFC 6749 §5.2")
                        .judged(scene ->
                                poll(scene, scene.madeUp())
                                        .isError("invalid_grant", "expired_token")),
                should(
                                "TK-19",
                                "A missing device_code is invalid_request",
                                "RFC 8628 §3.4, RFC 6749 §5.2")
                        .judged(scene ->
                                scene.device()
                                        .asksTokens(Form.of("grant_type", Metadata.DEVICE_GRANT))
                                        .isError("invalid_request")),
                should("TK-19a", "An empty device_code counts as none", "RFC 6749 §3.2")
                        .judged(scene -> poll(scene, "").isError("invalid_request")),
                should("TK-20", "A device_code given twice is refused", "RFC 6749 §3.2, §5.2")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            device.pollsWith(form ->
                                            form.with("device_code", device.codes().deviceCode()))
                                    .isRefusedForGood();
                        }),
                should("TK-21", "A grant_type given twice is refused", "RFC 6749 §3.2, §5.2")
                        .judged(scene ->
                                scene.device()
                                        .asks()
                                        .pollsWith(form ->
                                                form.with("grant_type", Metadata.DEVICE_GRANT))
                                        .isRefusedForGood()),
                should(
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
                                        .isRefusedForGood();
                            }
                        }),
                must("TK-24", "A user code is no device code", "RFC 8628 §3.4")
                        .judged(scene ->
                                poll(scene, scene.device().asks().codes().userCode())
                                        .isRefusedForGood()),
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
                                    poll(scene, near).isRefusedForGood();
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
