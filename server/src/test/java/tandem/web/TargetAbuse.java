package tandem.web;

import static tandem.web.AbuseCase.HOST;
import static tandem.web.AbuseCase.closed;
import static tandem.web.AbuseCase.either;
import static tandem.web.AbuseCase.get;
import static tandem.web.AbuseCase.inStep;

import java.util.List;
import java.util.stream.Stream;

/// Targets that spell a path in another way, and methods nobody serves.
final class TargetAbuse {
    private TargetAbuse() {}

    static Stream<AbuseCase> cases() {
        return Stream.of(paths(), queries(), forms(), methods()).flatMap(List::stream);
    }

    /// None of them is `/ok`.
    private static List<AbuseCase> paths() {
        return List.of(
                either("HT-09a", "path /%zz", get("/%zz"), 400, 404),
                either("HT-09b", "path /%00", get("/%00"), 400, 404),
                either("HT-09c", "path /x/..%2fok", get("/x/..%2fok"), 400, 404),
                either("HT-09d", "path /x/%2e%2e/ok", get("/x/%2e%2e/ok"), 400, 404),
                either("HT-09e", "path /x/../ok", get("/x/../ok"), 400, 404),
                either("HT-09f", "path /ok;a=b", get("/ok;a=b"), 400, 404),
                either("HT-09g", "path /%", get("/%"), 400, 404),
                either("HT-09h", "path /ok%2f", get("/ok%2f"), 400, 404),
                either("HT-09i", "path //ok", get("//ok"), 400, 404),
                either("HT-09j", "path /OK", get("/OK"), 400, 404),
                either("HT-09k", "path /ok/", get("/ok/"), 400, 404),
                either("HT-09l", "path /%6fk", get("/%6fk"), 400, 404),
                either("HT-09m", "path /ok and NUL", get("/ok\u0000"), 400, 404),
                either("HT-09n", "path /ok and a byte beyond ASCII", get("/ok\u00ff"), 400, 404),
                either("HT-09o", "path backslash ok", get("\\ok"), 400, 404),
                either("HT-09p", "path ok", get("ok"), 400, 404),
                either("HT-09q", "path *", get("*"), 400, 404),
                either("HT-09r", "path /./ok", get("/./ok"), 400, 404),
                either("HT-09s", "path /%c0%af", get("/%c0%af"), 400, 404),
                either("HT-09t", "path /ok#frag", get("/ok#frag"), 400, 404),
                either("HT-09u", "path / and a control byte", get("/\u0001"), 400, 404));
    }

    /// Read by the endpoints alone.
    private static List<AbuseCase> queries() {
        return List.of(
                either("HT-09v", "a query with %zz", get("/ok?a=%zz"), 200, 400),
                either("HT-09w", "a query with a control byte", get("/ok?a=\u0001"), 200, 400),
                either("HT-09x", "a query with quotes and braces", get("/ok?a=\"<{|}>"), 200, 400),
                either(
                        "HT-09y",
                        "a query with bytes beyond ASCII",
                        get("/ok?a=\u00c3\u00a4"),
                        200,
                        400));
    }

    /// Forms of a target ([RFC 9112 §3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).
    private static List<AbuseCase> forms() {
        return List.of(
                inStep("HT-12a", "a whole URI", get("http://localhost/ok"), 200),
                inStep(
                        "HT-12a2",
                        "a whole URI in capitals",
                        get("HTTPS://LOCALHOST:8443/ok?a=b"),
                        200),
                either("HT-12a3", "a whole URI without a path", get("http://localhost"), 404),
                either(
                        "HT-12a4",
                        "a whole URI with another path in it",
                        get("http://localhost//ok"),
                        404),
                either(
                        "HT-12b",
                        "a whole URI of another host",
                        get("http://evil.example/ok"),
                        200,
                        400,
                        404,
                        421),
                either(
                        "HT-12b2",
                        "a whole URI of another scheme",
                        get("ftp://localhost/ok"),
                        400,
                        404),
                either("HT-12c", "an authority with GET", get("localhost:80"), 400, 404));
    }

    /// Methods ([RFC 9110 §9](https://www.rfc-editor.org/rfc/rfc9110#section-9)).
    private static List<AbuseCase> methods() {
        return List.of(
                inStep("HT-14a", "TRACE", "TRACE /ok HTTP/1.1\r\n" + HOST + "\r\n", 405, 501),
                either(
                        "HT-14b",
                        "CONNECT",
                        "CONNECT localhost:80 HTTP/1.1\r\n" + HOST + "\r\n",
                        400,
                        404,
                        405,
                        501),
                inStep("HT-14c", "FOO", "FOO /ok HTTP/1.1\r\n" + HOST + "\r\n", 405, 501),
                closed(
                        "HT-14d",
                        "get in small letters",
                        "get /ok HTTP/1.1\r\n" + HOST + "\r\n",
                        400,
                        501),
                closed(
                        "HT-14e",
                        "a method with a control byte",
                        "G\u0001T /ok HTTP/1.1\r\n" + HOST + "\r\n",
                        400,
                        501),
                either(
                        "HT-14f",
                        "OPTIONS *",
                        "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n",
                        200,
                        204,
                        400,
                        404,
                        405),
                closed(
                        "HT-14g",
                        "HEAD with Connection: close",
                        "HEAD /ok HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n",
                        200),
                inStep("HT-14g2", "HEAD", "HEAD /ok HTTP/1.1\r\n" + HOST + "\r\n", 200),
                inStep(
                        "HT-14g3",
                        "HEAD of what takes POST",
                        "HEAD /form HTTP/1.1\r\n" + HOST + "\r\n",
                        405),
                inStep(
                        "HT-14g4",
                        "HEAD of nothing",
                        "HEAD /none HTTP/1.1\r\n" + HOST + "\r\n",
                        404),
                closed(
                        "HT-14h",
                        "two spaces in the request line",
                        "GET  /ok HTTP/1.1\r\n" + HOST + "\r\n",
                        400),
                closed(
                        "HT-14i",
                        "a tab in the request line",
                        "GET\t/ok HTTP/1.1\r\n" + HOST + "\r\n",
                        400),
                either("HT-14j", "an empty line before the request", "\r\n" + get("/ok"), 200, 400),
                closed("HT-14k", "HTTP/0.9", "GET /ok\r\n", 400));
    }
}
