package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Client;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
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
                            var tokens = scene.linked();
                            tokens.device().revokes(tokens.refresh()).is(200);
                            tokens.device().refreshes(tokens.refresh()).isError("invalid_grant");
                        }),
                must("RV-02", "Revoking what nobody knows is a success", "RFC 7009 §2.2")
                        .needs(Need.REVOCATION)
                        .judged(scene -> scene.device().revokes(scene.madeUp()).is(200)),
                must("RV-02a", "Revoking twice is a success", "RFC 7009 §2.2")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = scene.linked();
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
                            var tokens = scene.linked();
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
                            var tokens = scene.linked();
                            UserinfoCases.get(scene, tokens.access()).is(200);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            UserinfoCases.get(scene, tokens.access()).is(401);
                        }),
                must("RV-05", "Another client cannot revoke", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER, Need.OTHER_CLIENT)
                        .judged(scene -> {
                            var tokens = scene.linked();
                            scene.otherDevice().revokes(tokens.refresh()).isNoFault();
                            tokens.device().refreshes(tokens.refresh()).is(200);
                        }),
                should(
                                "RV-10",
                                "Revoking a rotated refresh token ends those after it",
                                "RFC 9700 §4.14.2, RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = scene.linked();
                            var answer = tokens.device().refreshes(tokens.refresh()).is(200);
                            var newest = answer.find("refresh_token").orElseGet(tokens::refresh);
                            tokens.device().revokes(tokens.refresh()).is(200);
                            tokens.device().refreshes(newest).isError("invalid_grant");
                        }),
                should(
                                "RV-11",
                                "After a revocation the device code buys nothing",
                                "RFC 8628 §3.5, RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .alone()
                        .judged(scene -> {
                            var tokens = scene.linked();
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
                            var one = scene.linked();
                            var two = scene.linked();
                            one.device().revokes(one.refresh()).is(200);
                            two.device().refreshes(two.refresh()).is(200);
                        }));
    }

    private static Stream<Case> requests() {
        return Stream.of(
                must("RV-06", "A revocation without a client does nothing", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.linked();
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
                                        .isError("invalid_client", "unauthorized_client")),
                must(
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
                                var tokens = scene.linked();
                                var form =
                                        Form.of("token", tokens.refresh(), "token_type_hint", hint);
                                tokens.device().presents(ENDPOINT, form).is(200);
                                tokens.device()
                                        .refreshes(tokens.refresh())
                                        .isError("invalid_grant");
                            }
                        }),
                wise("RV-09", "Revoking is a POST, and the address does not count", "RFC 7009 §2.1")
                        .needs(Need.REVOCATION, Need.APPROVER)
                        .judged(scene -> {
                            var tokens = scene.linked();
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
        return scene.device().presents(ENDPOINT, form);
    }
}
