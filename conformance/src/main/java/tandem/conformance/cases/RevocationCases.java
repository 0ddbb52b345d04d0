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

/// RV: revocation (RFC 7009).
final class RevocationCases {
    private static final String ENDPOINT = "revocation_endpoint";

    private RevocationCases() {}

    static Stream<Case> all() {
        return Stream.of(revoking(), requests()).flatMap(cases -> cases);
    }

    private static Stream<Case> revoking() {
        return Stream.of(
                must(
                                "RV-01",
                                "A revoked refresh token is worth nothing, at once",
                                "RFC 7009 §2, §2.2")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            tokens.device().refreshes(tokens.refresh()).isRefused();
                        }),
                must("RV-02", "Revoking what nobody knows is a success", "RFC 7009 §2.2")
                        .needs(Need.REVOCATION)
                        .judged(scene -> revoker(scene).revokes(scene.madeUp()).is(200)),
                wise("RV-13", "A public client can give up its own tokens", "RFC 7009 §2.1, §5")
                        .needs(Need.REVOCATION)
                        .judged(scene -> scene.device().revokes(scene.madeUp()).is(200)),
                must("RV-02a", "Revoking twice is a success", "RFC 7009 §2.2")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            tokens.device().revokes(tokens.refresh()).is(200);
                        }),
                must(
                                "RV-03",
                                "An access token can be revoked, or its kind is refused by name",
                                "RFC 7009 §2, §2.2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            var answer = tokens.device().revokes(tokens.access());
                            if (answer.status() != 200) {
                                answer.isError("unsupported_token_type");
                            }
                        }),
                should(
                                "RV-04",
                                "With the refresh token its access tokens end, as far as the server is asked",
                                "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER, Need.USERINFO, Need.OPENID)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            UserinfoCases.get(scene, tokens.access()).is(200);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            UserinfoCases.get(scene, tokens.access()).is(401);
                        }),
                must("RV-05", "Another client cannot revoke", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene -> {
                            var tokens = own(scene);
                            scene.otherDevice().revokes(tokens.refresh()).isNoFault();
                            tokens.device().refreshes(tokens.refresh()).is(200);
                        }),
                wise(
                                "RV-10",
                                "Revoking a rotated refresh token ends those after it",
                                "RFC 9700 §4.14.2, RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            var answer = tokens.device().refreshes(tokens.refresh()).is(200);
                            var newest = answer.find("refresh_token").orElseGet(tokens::refresh);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            tokens.device().refreshes(newest).isRefused();
                        }),
                should(
                                "RV-11",
                                "After a revocation the device code buys nothing",
                                "RFC 8628 §3.5, RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = own(scene);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            tokens.device().pollsInTime().isRefused().hasNo("access_token");
                        }),
                wise(
                                "RV-12",
                                "One device's revocation leaves another of the same person alone",
                                "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var one = own(scene);
                            var two = own(scene);
                            one.device().revokes(one.refresh()).is(200);
                            two.device().refreshes(two.refresh()).is(200);
                        }));
    }

    private static Stream<Case> requests() {
        return Stream.of(
                must("RV-06", "A revocation without a client does nothing", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = own(scene);
                            scene.send(
                                            Request.post(
                                                    scene.endpoint(ENDPOINT),
                                                    Form.of("token", tokens.refresh())))
                                    .isRefused();
                            tokens.device().refreshes(tokens.refresh()).is(200);
                        }),
                must("RV-06a", "A client with a secret has to authenticate", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene ->
                                scene.device(Client.open(scene.confidential().id()))
                                        .revokes(scene.madeUp())
                                        .isRefused()),
                should(
                                "RV-07",
                                "A revocation without a token is invalid_request",
                                "RFC 7009 §2.2.1, RFC 6749 §5.2")
                        .needs(Need.REVOCATION)
                        .judged(scene -> present(scene, Form.of()).isError("invalid_request")),
                should(
                                "RV-07a",
                                "A token given twice is invalid_request",
                                "RFC 7009 §2.2.1, RFC 6749 §3.2")
                        .needs(Need.REVOCATION)
                        .judged(scene ->
                                present(scene, Form.of("token", "a", "token", "b"))
                                        .isError("invalid_request")),
                must("RV-08", "A wrong hint does not hinder", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            for (var hint : new String[] {"access_token", "no_such_kind"}) {
                                var tokens = own(scene);
                                var form =
                                        Form.of("token", tokens.refresh(), "token_type_hint", hint);
                                tokens.device().presents(ENDPOINT, form).is(200);
                                tokens.device().refreshes(tokens.refresh()).isRefused();
                            }
                        }),
                wise("RV-09", "Revoking is a POST, and the address does not count", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = own(scene);
                            var form =
                                    Form.of(
                                            "token",
                                            tokens.refresh(),
                                            "client_id",
                                            tokens.device().client().id());
                            var uri = URI.create(scene.endpoint(ENDPOINT) + "?" + form.encoded());
                            scene.send(Request.get(uri)).isRefused();
                            tokens.device().refreshes(tokens.refresh()).is(200);
                        }));
    }

    private static Answer present(Scene scene, Form form) {
        return revoker(scene).presents(ENDPOINT, form);
    }

    /// Tokens of a client that may revoke them.
    static Tokens own(Scene scene) {
        return revoker(scene).asks().isApproved().redeems();
    }

    /// Not every server lets a public client revoke; where it does not, one with a secret does.
    private static Device revoker(Scene scene) {
        return Stream.concat(
                        Stream.of(scene.roles().device()), scene.roles().confidential().stream())
                .map(scene::device)
                .filter(device -> mayRevoke(scene, device))
                .findFirst()
                .orElseThrow(() -> scene.skip("needs a client that may revoke (--confidential)"));
    }

    private static boolean mayRevoke(Scene scene, Device device) {
        int status = device.revokes(scene.madeUp()).status();
        return status != 401 && status != 403;
    }
}
