package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Need;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.RawConnection;
import tandem.conformance.wire.Request;

/// TL: TLS (RFC 9325), and headers that only a proxy may send.
final class TlsCases {
    private TlsCases() {}

    static Stream<Case> all() {
        return Stream.concat(tls(), proxies());
    }

    private static Stream<Case> tls() {
        return Stream.of(
                must(
                                "TL-01",
                                "What is sent without TLS to the TLS port brings no codes",
                                "RFC 6749 §3.1, §3.2, RFC 9700 §2.6")
                        .needs(Need.TLS)
                        .judged(scene -> {
                            var body = Form.of("client_id", scene.roles().device().id()).encoded();
                            var endpoint = scene.metadata().deviceEndpoint();
                            var port = endpoint.getPort() > 0 ? endpoint.getPort() : 443;
                            var text =
                                    "POST "
                                            + endpoint.getRawPath()
                                            + " HTTP/1.1\r\nHost: "
                                            + endpoint.getRawAuthority()
                                            + "\r\nContent-Type: "
                                            + Form.TYPE
                                            + "\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n\r\n"
                                            + body;
                            var plain =
                                    java.net.URI.create(
                                            "http://"
                                                    + endpoint.getHost()
                                                    + ":"
                                                    + port
                                                    + endpoint.getRawPath());
                            try (var raw = RawConnection.to(plain, scene.wire().trust())) {
                                raw.sends(text)
                                        .answer(text)
                                        .ifPresent(answer ->
                                                answer.expect(
                                                        !answer.isSuccess(),
                                                        "a refusal",
                                                        answer.told()));
                            }
                        }),
                must("TL-02", "TLS 1.2 or 1.3 is spoken", "RFC 9325 §3.1.1")
                        .needs(Need.TLS)
                        .judged(scene ->
                                scene.expect(
                                        handshake(scene, "TLSv1.3") || handshake(scene, "TLSv1.2"),
                                        "TLS 1.2 or 1.3",
                                        "neither")),
                should("TL-02a", "TLS 1.3 is spoken", "RFC 9325 §3.1.1")
                        .needs(Need.TLS)
                        .judged(scene ->
                                scene.expect(handshake(scene, "TLSv1.3"), "TLS 1.3", "not")),
                must("TL-02b", "TLS 1.0 and 1.1 are not spoken", "RFC 9325 §3.1.1, RFC 8996")
                        .needs(Need.TLS)
                        .judged(scene ->
                                scene.expect(
                                        !handshake(scene, "TLSv1.1") && !handshake(scene, "TLSv1"),
                                        "a refused handshake",
                                        "an old TLS")),
                wise("TL-03", "Browsers are told to come by https for good", "RFC 6797 §7.1")
                        .needs(Need.TLS)
                        .judged(scene -> {
                            var answer =
                                    scene.send(
                                            Request.get(scene.device().asks().codes().page())
                                                    .with("Accept", "text/html"));
                            answer.expect(
                                    answer.header("Strict-Transport-Security").isPresent(),
                                    "Strict-Transport-Security",
                                    "none");
                        }));
    }

    private static Stream<Case> proxies() {
        return Stream.of(
                should(
                                "TL-06",
                                "Headers of a proxy that is none change no address",
                                "RFC 8628 §3.2, RFC 9700 §4.13")
                        .judged(scene -> {
                            var headers =
                                    Map.of(
                                            "X-Forwarded-Host", "evil.example",
                                            "X-Forwarded-Proto", "ftp",
                                            "X-Forwarded-Port", "444",
                                            "X-Forwarded-Prefix", "/evil",
                                            "Forwarded", "host=evil.example;proto=ftp");
                            var request =
                                    scene.device()
                                            .client()
                                            .signs(scene.deviceRequest(), scene.device().usual());
                            for (var header : headers.entrySet()) {
                                request = request.with(header.getKey(), header.getValue());
                            }
                            var answer = scene.send(request);
                            answer.isNoFault()
                                    .expect(
                                            !answer.body()
                                                    .toLowerCase(Locale.ROOT)
                                                    .contains("evil"),
                                            "addresses of the issuer",
                                            answer.told());
                        }),
                must(
                                "TL-08",
                                "A client certificate told in a header authenticates nobody",
                                "RFC 9700 §4.13, RFC 8705 §6.5")
                        .needs(Need.CONFIDENTIAL_CLIENT)
                        .judged(scene ->
                                scene.send(
                                                Request.post(
                                                                scene.metadata().deviceEndpoint(),
                                                                Form.of(
                                                                        "client_id",
                                                                        scene.confidential().id()))
                                                        .with("X-Client-Cert", "anything")
                                                        .with("X-SSL-Client-Verify", "SUCCESS")
                                                        .with("Client-Cert", ":YW55:"))
                                        .isRefused()
                                        .hasNo("device_code")),
                wise("TL-09", "A PROXY line that nobody expects is refused", "RFC 9112 §2.2")
                        .judged(scene -> {
                            var endpoint = scene.metadata().deviceEndpoint();
                            var text =
                                    "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nGET / HTTP/1.1\r\nHost: "
                                            + endpoint.getRawAuthority()
                                            + "\r\n\r\n";
                            try (var raw = RawConnection.to(endpoint, scene.wire().trust())) {
                                raw.sends(text)
                                        .answer(text)
                                        .ifPresent(answer -> answer.isRefused());
                            }
                        }));
    }

    private static boolean handshake(Scene scene, String protocol) {
        var endpoint = scene.metadata().deviceEndpoint();
        int port = endpoint.getPort() > 0 ? endpoint.getPort() : 443;
        int patience = (int) Duration.ofSeconds(10).toMillis();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(endpoint.getHost(), port), patience);
            plain.setSoTimeout(patience);
            try (var secure =
                    (SSLSocket)
                            scene.wire()
                                    .trust()
                                    .getSocketFactory()
                                    .createSocket(plain, endpoint.getHost(), port, true)) {
                secure.setEnabledProtocols(new String[] {protocol});
                secure.startHandshake();
                return true;
            }
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
