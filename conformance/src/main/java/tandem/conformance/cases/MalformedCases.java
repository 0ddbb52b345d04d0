package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;

import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Client;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// DA: requests for codes whose client or text is malformed or hostile (RFC 6749 §5.2).
final class MalformedCases {
    private MalformedCases() {}

    static Stream<Case> all() {
        return Stream.of(
                must(
                                "DA-21",
                                "Broken Basic credentials are refused without a fault",
                                "RFC 7617 §2, RFC 6749 §5.2")
                        .judged(scene -> {
                            var broken =
                                    new String[] {
                                        "Basic %%%",
                                        "Basic",
                                        Client.rawBasic("nocolon"),
                                        Client.rawBasic(":"),
                                        Client.rawBasic("u".repeat(4000) + ":p")
                                    };
                            for (var header : broken) {
                                ClientCases.noCodes(ClientCases.basic(scene, header)).isRefused();
                            }
                        }),
                must(
                                "DA-33",
                                "A client_id of 10,000 characters is refused without a fault",
                                "RFC 6749 §5.2")
                        .judged(scene ->
                                scene.send(
                                                ClientCases.request(
                                                        scene,
                                                        Form.of("client_id", "x".repeat(10_000))))
                                        .isRefused()),
                should(
                                "DA-34",
                                "Bytes that are no UTF-8 are refused without a fault",
                                "RFC 8628 §3.1, RFC 6749 §B")
                        .judged(scene -> {
                            raw(scene, "client_id=%FF%FE").isRefused();
                            raw(scene, "client_id=" + id(scene) + "&scope=%C0%AF").isNoFault();
                        }),
                should(
                                "DA-35",
                                "A NUL in a value is refused without a fault",
                                "RFC 6749 §A.1, §A.4")
                        .judged(scene -> {
                            raw(scene, "client_id=" + id(scene) + "%00").isRefused();
                            raw(scene, "client_id=" + id(scene) + "&scope=openid%00").isNoFault();
                        }),
                should("DA-36", "Broken percent-encoding does no harm", "RFC 6749 §B")
                        .judged(scene -> {
                            for (var body :
                                    new String[] {
                                        "client_id=%", "client_id=%4", "client_id=%zz", "&&==&", "="
                                    }) {
                                raw(scene, body).isRefused();
                            }
                        }),
                must("DA-40", "A hostile client_id comes back harmless, if at all", "RFC 6749 §5.2")
                        .judged(scene -> {
                            for (var id :
                                    new String[] {
                                        "<script>alert(1)</script>",
                                        "x\r\nSet-Cookie: x=1",
                                        "\u001b[31m"
                                    }) {
                                var answer =
                                        scene.send(
                                                        ClientCases.request(
                                                                scene, Form.of("client_id", id)))
                                                .isRefused();
                                answer.expect(
                                        answer.all("Set-Cookie").stream()
                                                .noneMatch(c -> c.startsWith("x=1")),
                                        "no new header",
                                        "Set-Cookie: x=1");
                                answer.expect(
                                        !answer.type().equals("text/html")
                                                || !answer.body().contains("<script>alert"),
                                        "no script",
                                        "the script");
                                answer.expect(
                                        answer.body().indexOf('\u001b') < 0,
                                        "no control character",
                                        "ESC");
                            }
                        }));
    }

    private static Answer raw(Scene scene, String body) {
        return scene.send(Request.post(scene.metadata().deviceEndpoint(), Form.TYPE, body));
    }

    private static String id(Scene scene) {
        return Form.encode(scene.roles().device().id());
    }
}
