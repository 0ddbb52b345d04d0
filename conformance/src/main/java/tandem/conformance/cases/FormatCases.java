package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Form;
import tandem.conformance.wire.Json;
import tandem.conformance.wire.Request;

/// DA and TK: how a request may be written: methods, media types, bodies.
///
/// Both endpoints take forms by POST. A server may take more than it must; it must not fall over.
final class FormatCases {
    private static final int MEGABYTE = 1 << 20;

    private FormatCases() {}

    static Stream<Case> all() {
        return Stream.concat(deviceEndpoint(), tokenEndpoint());
    }

    private static Stream<Case> deviceEndpoint() {
        return Stream.of(
                must("DA-25", "GET brings no codes", "RFC 8628 §3.1, RFC 9110 §9.2.1")
                        .judged(scene ->
                                scene.send(Request.get(inAddress(scene))).hasNo("device_code")),
                wise("DA-25a", "GET is 405 with Allow: POST", "RFC 9110 §15.5.6")
                        .judged(scene -> notAllowed(scene.send(Request.get(inAddress(scene))))),
                should("DA-26", "Parameters in the address do not count", "RFC 6749 §2.3.1, §3.2")
                        .judged(scene ->
                                scene.send(Request.post(inAddress(scene), Form.of()))
                                        .isRefused()
                                        .hasNo("device_code")),
                wise(
                                "DA-27",
                                "A body in JSON is refused or understood, without a fault",
                                "RFC 8628 §3.1")
                        .judged(scene -> {
                            var body =
                                    Json.write(
                                            java.util.Map.of(
                                                    "client_id", id(scene), "scope", "openid"));
                            understoodOrRefused(scene.send(post(scene, "application/json", body)));
                        }),
                wise(
                                "DA-28",
                                "A body of another media type is refused or understood, without a fault",
                                "RFC 8628 §3.1")
                        .judged(scene -> {
                            var form = form(scene).encoded();
                            for (var type :
                                    List.of(
                                            "text/plain",
                                            "multipart/form-data; boundary=x",
                                            "application/octet-stream",
                                            "nonsense")) {
                                understoodOrRefused(scene.send(post(scene, type, form)));
                            }
                            understoodOrRefused(
                                    scene.send(post(scene, "x", form).without("Content-Type")));
                        }),
                must(
                                "DA-29",
                                "The media type is read without regard to case, and with parameters",
                                "RFC 9110 §8.3.1")
                        .judged(scene ->
                                scene.send(
                                                post(
                                                        scene,
                                                        "Application/X-WWW-Form-Urlencoded ; Charset=\"UTF-8\"",
                                                        form(scene).encoded()))
                                        .is(200)),
                wise(
                                "DA-30",
                                "A charset that is not UTF-8 is refused or has no effect",
                                "RFC 6749 §B")
                        .judged(scene -> {
                            for (var charset : List.of("utf-16", "nonsense")) {
                                understoodOrRefused(
                                        scene.send(
                                                post(
                                                        scene,
                                                        Form.TYPE + "; charset=" + charset,
                                                        form(scene).encoded())));
                            }
                        }),
                must("DA-32", "A body of 1 MB does no harm", "RFC 9110 §15.5.14")
                        .judged(scene -> {
                            big(scene, scene.metadata().deviceEndpoint());
                            scene.device().asks();
                        }),
                wise("DA-43", "HEAD, PUT, DELETE and PATCH are 405 with Allow", "RFC 9110 §15.5.6")
                        .judged(scene -> {
                            for (var method : List.of("HEAD", "PUT", "DELETE", "PATCH")) {
                                notAllowed(scene.send(scene.deviceRequest().by(method)));
                            }
                        }),
                must("DA-43a", "No other method gives codes", "RFC 8628 §3.1")
                        .judged(scene -> {
                            for (var method : List.of("PUT", "DELETE", "PATCH")) {
                                scene.send(
                                                Request.post(
                                                                scene.metadata().deviceEndpoint(),
                                                                form(scene))
                                                        .by(method))
                                        .hasNo("device_code");
                            }
                        }),
                wise(
                                "DA-44",
                                "Another spelling of the path is not found, or means the same",
                                "RFC 3986 §6.2.2")
                        .judged(scene -> {
                            var endpoint = scene.metadata().deviceEndpoint().toString();
                            var path = scene.metadata().deviceEndpoint().getRawPath();
                            var base = endpoint.substring(0, endpoint.length() - path.length());
                            for (var other :
                                    List.of(
                                            path + "/",
                                            path.toUpperCase(java.util.Locale.ROOT),
                                            "/." + path,
                                            "/" + path)) {
                                understoodOrRefused(
                                        scene.send(
                                                Request.post(
                                                        URI.create(base + other), form(scene))));
                            }
                        }));
    }

    private static Stream<Case> tokenEndpoint() {
        return Stream.of(
                wise("TK-40a", "GET is 405 with Allow: POST", "RFC 9110 §15.5.6")
                        .judged(scene ->
                                notAllowed(
                                        scene.send(Request.get(scene.metadata().tokenEndpoint())))),
                wise(
                                "TK-42",
                                "A poll of another media type is refused or understood, without a fault",
                                "RFC 8628 §3.4")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var body =
                                    device.pollForm()
                                            .with("client_id", device.client().id())
                                            .encoded();
                            for (var type :
                                    List.of(
                                            "application/json",
                                            "text/plain",
                                            "multipart/form-data; boundary=x")) {
                                scene.send(
                                                Request.post(
                                                        scene.metadata().tokenEndpoint(),
                                                        type,
                                                        body))
                                        .isRefused();
                            }
                        }),
                must(
                                "TK-42a",
                                "The media type is read without regard to case, and with parameters",
                                "RFC 9110 §8.3.1")
                        .judged(scene -> {
                            var device = scene.device().asks();
                            var body =
                                    device.pollForm()
                                            .with("client_id", device.client().id())
                                            .encoded();
                            scene.send(
                                            Request.post(
                                                    scene.metadata().tokenEndpoint(),
                                                    "APPLICATION/x-www-form-urlencoded;charset=UTF-8",
                                                    body))
                                    .isWaiting();
                        }),
                must("TK-42b", "A body of 1 MB does no harm", "RFC 9110 §15.5.14")
                        .judged(scene -> {
                            big(scene, scene.metadata().tokenEndpoint());
                            scene.device().asks().polls().isWaiting();
                        }),
                should("TK-42c", "Broken text in a poll is refused without a fault", "RFC 6749 §B")
                        .judged(scene -> {
                            for (var code :
                                    List.of(
                                            "%",
                                            "%zz",
                                            "%FF%FE",
                                            "%00",
                                            "a%00b",
                                            "%22%5C",
                                            "x".repeat(10_000))) {
                                var body =
                                        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id="
                                                + Form.encode(id(scene))
                                                + "&device_code="
                                                + code;
                                scene.send(
                                                Request.post(
                                                        scene.metadata().tokenEndpoint(),
                                                        Form.TYPE,
                                                        body))
                                        .isRefused();
                            }
                        }));
    }

    /// A server that refuses may close before it has read all: then there is no answer, and no
    /// harm.
    private static void big(Scene scene, URI endpoint) {
        var form = form(scene).with("padding", "x".repeat(MEGABYTE));
        try {
            scene.send(Request.post(endpoint, form)).isNoFault();
        } catch (tandem.conformance.wire.Unmet e) {
            if (e.answer().isPresent()) {
                throw e;
            }
        }
    }

    private static void understoodOrRefused(Answer answer) {
        answer.isNoFault();
        if (answer.status() == 200) {
            answer.text("device_code");
        }
    }

    private static void notAllowed(Answer answer) {
        answer.is(405);
        var allow = String.join(",", answer.all("Allow"));
        answer.expect(allow.contains("POST"), "Allow: POST", "Allow: " + allow);
    }

    private static Request post(Scene scene, String type, String body) {
        return Request.post(scene.metadata().deviceEndpoint(), type, body);
    }

    private static URI inAddress(Scene scene) {
        return URI.create(scene.metadata().deviceEndpoint() + "?" + form(scene).encoded());
    }

    private static Form form(Scene scene) {
        return Form.of("client_id", id(scene), "scope", "openid");
    }

    private static String id(Scene scene) {
        return scene.roles().device().id();
    }
}
