package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.RawConnection;
import tandem.conformance.wire.Request;
import tandem.conformance.wire.Unmet;

/// HT: HTTP/1.1 written as no client writes it (RFC 9110, RFC 9112): heads and targets.
final class HttpCases {
    private HttpCases() {}

    static Stream<Case> all() {
        return Stream.concat(heads(), targets());
    }

    private static Stream<Case> heads() {
        return Stream.of(
                must("HT-11", "A request without Host, or with two, is a bad one", "RFC 9112 §3.2")
                        .judged(scene -> {
                            for (var text :
                                    List.of(
                                            "GET / HTTP/1.1\r\n\r\n",
                                            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")) {
                                try (var raw = connect(scene)) {
                                    raw.sends(text)
                                            .answer(text)
                                            .ifPresent(answer -> answer.is(400));
                                }
                            }
                        }),
                refused(
                        must(
                                "HT-10",
                                "A header line with blank before the colon, or folded, is refused or harmless",
                                "RFC 9112 §5.1, §5.2"),
                        scene ->
                                List.of(
                                        "GET / HTTP/1.1\r\nHost : " + host(scene) + "\r\n\r\n",
                                        "GET / HTTP/1.1\r\nHost: "
                                                + host(scene)
                                                + "\r\nContent-Length : 3\r\n\r\na=b")),
                refused(
                        wise("HT-03", "A head of 64 kB or 5,000 lines is refused", "RFC 6585 §5"),
                        scene ->
                                List.of(
                                        "GET / HTTP/1.1\r\nHost: "
                                                + host(scene)
                                                + "\r\nX: "
                                                + "x".repeat(65_536)
                                                + "\r\n\r\n",
                                        "GET / HTTP/1.1\r\nHost: "
                                                + host(scene)
                                                + "\r\n"
                                                + "A: b\r\n".repeat(5_000)
                                                + "\r\n")),
                refused(
                        should("HT-04", "An address of 100 kB is refused", "RFC 9110 §15.5.15"),
                        scene ->
                                List.of(
                                        "GET /"
                                                + "a".repeat(100_000)
                                                + " HTTP/1.1\r\nHost: "
                                                + host(scene)
                                                + "\r\n\r\n")),
                refused(
                        should(
                                "HT-14",
                                "Methods that nobody knows are refused",
                                "RFC 9110 §15.6.2, §15.5.6"),
                        scene ->
                                Stream.of("TRACE", "FOO", "CONNECT")
                                        .map(method ->
                                                method
                                                        + " "
                                                        + path(scene)
                                                        + " HTTP/1.1\r\nHost: "
                                                        + host(scene)
                                                        + "\r\n\r\n")
                                        .toList()),
                must("HT-13", "A header does not turn one method into another", "RFC 9110 §9.1")
                        .judged(scene -> {
                            var uri =
                                    URI.create(
                                            scene.metadata().deviceEndpoint() + "?" + body(scene));
                            for (var header :
                                    List.of(
                                            "X-HTTP-Method-Override",
                                            "X-HTTP-Method",
                                            "X-Method-Override")) {
                                scene.send(Request.get(uri).with(header, "POST"))
                                        .hasNo("device_code");
                            }
                        }),
                must(
                                "HT-15",
                                "A body under a coding that is not understood is refused, or read as it is",
                                "RFC 9110 §8.4, §15.5.16")
                        .judged(scene ->
                                scene.send(
                                                Request.post(
                                                                scene.metadata().deviceEndpoint(),
                                                                Form.of(
                                                                        "client_id",
                                                                        scene.roles()
                                                                                .device()
                                                                                .id()))
                                                        .with("Content-Encoding", "gzip"))
                                        .isNoFault()),
                must("HT-16", "Expect: 100-continue is answered", "RFC 9110 §10.1.1")
                        .judged(scene -> {
                            var text =
                                    post(
                                            scene,
                                            "Expect: 100-continue\r\nContent-Length: "
                                                    + body(scene).length()
                                                    + "\r\n",
                                            "");
                            try (var raw = connect(scene)) {
                                raw.sends(text);
                                var first =
                                        raw.answer(text)
                                                .orElseThrow(() ->
                                                        new Unmet(
                                                                "100, or a final answer", "none"));
                                if (first.status() == 100) {
                                    raw.sends(body(scene));
                                    first =
                                            raw.answer(text)
                                                    .orElseThrow(() ->
                                                            new Unmet(
                                                                    "an answer after 100", "none"));
                                }
                                first.expect(
                                        first.status() == 200 || first.status() == 417,
                                        "200, or 417",
                                        first.told());
                            }
                        }));
    }

    private static Stream<Case> targets() {
        return Stream.of(
                refused(
                        should(
                                "HT-09",
                                "Tricks in the path lead nowhere",
                                "RFC 3986 §6.2.2, CWE-22"),
                        scene ->
                                Stream.of(
                                                "/%zz",
                                                "/%00",
                                                "/..%2f..%2fetc/passwd",
                                                "/%2e%2e/%2e%2e/etc/passwd",
                                                "/static/../../../etc/passwd",
                                                "/;a=b/%c0%ae")
                                        .map(path ->
                                                "GET "
                                                        + path
                                                        + " HTTP/1.1\r\nHost: "
                                                        + host(scene)
                                                        + "\r\n\r\n")
                                        .toList()),
                wise(
                                "HT-12",
                                "A foreign host in the request does not get into addresses",
                                "RFC 9112 §3.2.2, RFC 8628 §3.2")
                        .judged(scene -> {
                            for (var text :
                                    List.of(
                                            post(
                                                            scene,
                                                            "Content-Length: "
                                                                    + body(scene).length()
                                                                    + "\r\n",
                                                            body(scene))
                                                    .replace(
                                                            "Host: " + host(scene),
                                                            "Host: evil.example"),
                                            post(
                                                            scene,
                                                            "Content-Length: "
                                                                    + body(scene).length()
                                                                    + "\r\n",
                                                            body(scene))
                                                    .replaceFirst(
                                                            "POST ", "POST http://evil.example"))) {
                                try (var raw = connect(scene)) {
                                    raw.sends(text)
                                            .answer(text)
                                            .ifPresent(answer ->
                                                    answer.isNoFault()
                                                            .expect(
                                                                    !answer.body()
                                                                                    .contains(
                                                                                            "evil.example")
                                                                            || answer.status()
                                                                                    >= 400,
                                                                    "addresses of the issuer",
                                                                    answer.body()));
                                }
                            }
                        }),
                must("HT-21", "A line break in a value gets into no header", "CWE-113")
                        .judged(scene -> {
                            var codes = scene.device().asks().codes();
                            for (var name :
                                    List.of("user_code", "client_id", "ui_locales", "return_to")) {
                                var uri =
                                        URI.create(
                                                codes.page()
                                                        + "?"
                                                        + name
                                                        + "=x%0d%0aX-Injected:%20yes");
                                var answer =
                                        scene.send(Request.get(uri).with("Accept", "text/html"));
                                answer.isNoFault()
                                        .expect(
                                                answer.header("X-Injected").isEmpty(),
                                                "no new header",
                                                "X-Injected");
                            }
                        }),
                wise("HT-19", "Refusals tell neither stack traces nor versions", "CWE-209")
                        .judged(scene -> {
                            for (var answer :
                                    List.of(
                                            scene.send(
                                                    Request.get(
                                                            URI.create(
                                                                    scene.metadata()
                                                                            .tokenEndpoint()
                                                                            .resolve(
                                                                                    "/no-such-page-"
                                                                                            + scene
                                                                                                    .madeUp())
                                                                            .toString()))),
                                            scene.send(
                                                    Request.post(
                                                            scene.metadata().tokenEndpoint(),
                                                            Form.TYPE,
                                                            "%")),
                                            scene.send(
                                                    Request.post(
                                                            scene.metadata().tokenEndpoint(),
                                                            "application/json",
                                                            "{")))) {
                                var body = answer.body().toLowerCase(Locale.ROOT);
                                answer.expect(
                                        !body.contains("exception")
                                                && !body.contains("\tat ")
                                                && !body.contains("stack"),
                                        "no trace",
                                        answer.told());
                                var server = answer.header("Server").orElse("");
                                answer.expect(
                                        !server.matches(".*\\d.*"), "no version in Server", server);
                            }
                        }));
    }

    /// Each of these texts must be refused, or answered by the end of the connection.
    static Case refused(Case.Draft draft, java.util.function.Function<Scene, List<String>> texts) {
        return draft.judged(scene -> {
            for (var text : texts.apply(scene)) {
                try (var raw = connect(scene)) {
                    Optional<Answer> answer = raw.sends(text).answer(text);
                    answer.ifPresent(one ->
                            one.expect(
                                    one.status() >= 300
                                            && (one.status() < 500
                                                    || one.status() == 501
                                                    || one.status() == 505),
                                    "a refusal, or the end of the connection",
                                    one.told()));
                }
            }
        });
    }

    static RawConnection connect(Scene scene) {
        return RawConnection.to(scene.metadata().deviceEndpoint(), scene.wire().trust());
    }

    static String get(Scene scene, URI uri) {
        return "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + host(scene) + "\r\n\r\n";
    }

    static String post(Scene scene, String head, String body) {
        return "POST "
                + path(scene)
                + " HTTP/1.1\r\nHost: "
                + host(scene)
                + "\r\nContent-Type: "
                + Form.TYPE
                + "\r\n"
                + head
                + "\r\n"
                + body;
    }

    static String body(Scene scene) {
        return Form.of("client_id", scene.roles().device().id(), "scope", "openid").encoded();
    }

    static String path(Scene scene) {
        return scene.metadata().deviceEndpoint().getRawPath();
    }

    static String host(Scene scene) {
        return scene.metadata().deviceEndpoint().getRawAuthority();
    }
}
