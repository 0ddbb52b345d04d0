package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Client;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Request;

/// DA: who asks at the device endpoint (RFC 8628 §3.1, RFC 6749 §2.3).
final class ClientCases {
    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private ClientCases() {}

    static Stream<Case> all() {
        return Stream.concat(unknown(), known());
    }

    private static Stream<Case> unknown() {
        return Stream.of(
                must("DA-11", "A request without any client is refused", "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.send(request(scene, Form.of("scope", "openid")))
                                        .isRefused()
                                        .hasNo("device_code")),
                should(
                                "DA-11b",
                                "A request without any client is invalid_request or invalid_client",
                                "RFC 6749 §5.2")
                        .judged(scene ->
                                scene.send(request(scene, Form.of("scope", "openid")))
                                        .isError("invalid_request", "invalid_client")),
                must("DA-11a", "An empty client_id counts as none", "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.send(request(scene, Form.of("client_id", "")))
                                        .isRefused()
                                        .hasNo("device_code")),
                must("DA-12", "An unknown client gets no codes", "RFC 8628 §3.1, RFC 6749 §5.2")
                        .judged(scene ->
                                noCodes(
                                                scene.send(
                                                        request(
                                                                scene,
                                                                Form.of(
                                                                        "client_id",
                                                                        unknown(scene)))))
                                        .isRefused()),
                should("DA-12a", "An unknown client is invalid_client", "RFC 6749 §5.2")
                        .judged(scene ->
                                scene.send(request(scene, Form.of("client_id", unknown(scene))))
                                        .isError("invalid_client")),
                must(
                                "DA-15",
                                "A client with a secret has to authenticate",
                                "RFC 8628 §3.1, RFC 6749 §3.2.1")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var bare = Client.open(scene.confidential().id());
                            noCodes(scene.device(bare).tries(form -> form)).isRefused();
                        }),
                must("DA-16", "A wrong secret gets no codes", "RFC 8628 §3.1, RFC 6749 §3.2.1")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene ->
                                noCodes(withSecret(scene, "wrong-" + scene.madeUp())).isRefused()),
                should("DA-16c", "A wrong secret is invalid_client", "RFC 6749 §5.2")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene ->
                                withSecret(scene, "wrong-" + scene.madeUp())
                                        .isError("invalid_client")),
                must(
                                "DA-16a",
                                "Who authenticated by a header and failed gets 401 and WWW-Authenticate",
                                "RFC 6749 §5.2")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var answer =
                                    basic(scene, Client.basic(scene.confidential().id(), "wrong"));
                            answer.is(401)
                                    .expect(
                                            answer.header("WWW-Authenticate").isPresent(),
                                            "WWW-Authenticate",
                                            "none");
                        }),
                wise(
                                "DA-16b",
                                "An unknown client and a wrong secret are answered alike",
                                "RFC 9700 §4")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var wrong =
                                    basic(scene, Client.basic(scene.confidential().id(), "wrong"));
                            var unknown = basic(scene, Client.basic(unknown(scene), "wrong"));
                            unknown.expect(
                                    unknown.status() == wrong.status()
                                            && unknown.error().equals(wrong.error()),
                                    "as for a wrong secret: " + wrong.told(),
                                    unknown.told());
                        }),
                must(
                                "DA-24",
                                "An assertion that nobody signed is invalid_client",
                                "RFC 7523 §3.2, RFC 7521 §4.2.1")
                        .needs(Need.KEY_AUTHENTICATION, Need.CONFIDENTIAL_CLIENT)
                        .judged(scene ->
                                noCodes(scene.send(request(scene, assertion(scene))))
                                        .isError("invalid_client", "invalid_request")));
    }

    private static Stream<Case> known() {
        return Stream.of(
                must(
                                "DA-17",
                                "Basic alone makes a client known, without client_id in the body",
                                "RFC 6749 §2.3.1")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            if (scene.confidential().secretInBody()) {
                                throw scene.skip("needs a client that authenticates by header");
                            }
                            scene.device(scene.confidential()).asks().polls().isWaiting();
                        }),
                should(
                                "DA-19",
                                "Two ways to authenticate at once, with differing secrets, are refused",
                                "RFC 6749 §2.3")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var client = scene.confidential();
                            var form =
                                    Form.of(
                                            "client_id",
                                            client.id(),
                                            "client_secret",
                                            "another",
                                            "scope",
                                            "openid");
                            noCodes(
                                            scene.send(
                                                    request(scene, form)
                                                            .with(
                                                                    "Authorization",
                                                                    Client.basic(
                                                                            client.id(),
                                                                            client.wireSecret()))))
                                    .isRefused();
                        }),
                wise(
                                "DA-20",
                                "Basic of one client and client_id of another are refused",
                                "RFC 6749 §2.3, §5.2")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var client = scene.confidential();
                            var form =
                                    Form.of(
                                            "client_id",
                                            scene.roles().device().id(),
                                            "scope",
                                            "openid");
                            noCodes(
                                            scene.send(
                                                    request(scene, form)
                                                            .with(
                                                                    "Authorization",
                                                                    Client.basic(
                                                                            client.id(),
                                                                            client.wireSecret()))))
                                    .isError("invalid_request", "invalid_client", "invalid_grant");
                        }),
                should(
                                "DA-22",
                                "Basic credentials are form-encoded, every character of them",
                                "RFC 6749 §2.3.1")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene -> {
                            var client = scene.confidential();
                            if (client.secretInBody()) {
                                throw scene.skip("needs a client that authenticates by header");
                            }
                            var encoded = escaped(client.id()) + ":" + escaped(client.wireSecret());
                            basic(scene, Client.rawBasic(encoded)).is(200);
                        }),
                wise("DA-23", "A public client that sends a secret is refused", "RFC 6749 §2.3")
                        .judged(scene ->
                                scene.device()
                                        .tries(form -> form.with("client_secret", scene.madeUp()))
                                        .isRefused()),
                wise(
                                "DA-23a",
                                "A public client may send an empty secret, as some libraries do",
                                "RFC 8628 §3.1")
                        .judged(scene ->
                                scene.device()
                                        .tries(form -> form.with("client_secret", ""))
                                        .is(200)));
    }

    static Answer noCodes(Answer answer) {
        return answer.hasNo("device_code");
    }

    static Request request(Scene scene, Form form) {
        return Request.post(scene.metadata().deviceEndpoint(), form);
    }

    static Answer basic(Scene scene, String header) {
        return scene.send(request(scene, Form.of("scope", "openid")).with("Authorization", header));
    }

    private static Answer withSecret(Scene scene, String secret) {
        var client = scene.confidential();
        var wrong = new Client(client.id(), Optional.of(secret), client.secretInBody());
        return scene.device(wrong).tries(form -> form);
    }

    private static Form assertion(Scene scene) {
        var id = scene.confidential().id();
        var jwt =
                Keys.signed(
                        Keys.ec(),
                        "JWT",
                        claims ->
                                claims.issuer(id)
                                        .subject(id)
                                        .audience(scene.metadata().issuer())
                                        .jwtID(scene.madeUp())
                                        .issueTime(java.util.Date.from(Instant.now()))
                                        .expirationTime(
                                                java.util.Date.from(
                                                        Instant.now().plusSeconds(60))));
        return Form.of(
                "client_id",
                id,
                "scope",
                "openid",
                "client_assertion_type",
                ASSERTION_TYPE,
                "client_assertion",
                jwt);
    }

    private static String unknown(Scene scene) {
        return "unknown-" + scene.madeUp().substring(0, 12);
    }

    /// Percent-encodes also what needs no encoding.
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            escaped.append("%%%02X".formatted(b & 0xff));
        }
        return escaped.toString();
    }
}
