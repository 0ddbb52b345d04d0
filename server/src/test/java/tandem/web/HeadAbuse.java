package tandem.web;

import static tandem.web.AbuseCase.FORM;
import static tandem.web.AbuseCase.HOST;
import static tandem.web.AbuseCase.SMUGGLED;
import static tandem.web.AbuseCase.closed;
import static tandem.web.AbuseCase.either;
import static tandem.web.AbuseCase.get;
import static tandem.web.AbuseCase.inStep;
import static tandem.web.AbuseCase.withHeader;

import java.util.List;
import java.util.stream.Stream;

/// Heads too large, with bytes that do not belong there, and heads of other protocols.
final class HeadAbuse {
    private HeadAbuse() {}

    static Stream<AbuseCase> cases() {
        return Stream.of(large(), bytes(), hosts(), others()).flatMap(List::stream);
    }

    /// What is too large ([RFC 6585 §5](https://www.rfc-editor.org/rfc/rfc6585#section-5)).
    private static List<AbuseCase> large() {
        return List.of(
                closed("HT-03a", "a header of 64 kB", withHeader("X-A: " + "a".repeat(65536)), 431),
                closed("HT-03b", "10,000 headers", withHeader("a:b\r\n".repeat(9999) + "a:b"), 431),
                closed(
                        "HT-03c",
                        "3,000 tiny headers",
                        withHeader("a:\r\n".repeat(2999) + "a:"),
                        431),
                closed(
                        "HT-03d",
                        "a header name of 64 kB",
                        withHeader("X".repeat(65536) + ": a"),
                        431),
                inStep("HT-03e", "100 headers", withHeader("a:b\r\n".repeat(98) + "a:b"), 200),
                closed("HT-03f", "101 headers", withHeader("a:b\r\n".repeat(99) + "a:b"), 431),
                closed("HT-04a", "a target of 100 kB", get("/ok?" + "a".repeat(100_000)), 414),
                closed(
                        "HT-04b",
                        "a method of 100 kB",
                        "G".repeat(100_000) + " /ok HTTP/1.1\r\n" + HOST + "\r\n",
                        400,
                        414,
                        501),
                inStep("HT-04c", "a target of almost 8 kB", get("/ok?" + "a".repeat(8000)), 200));
    }

    /// Header lines ([RFC 9112 §5](https://www.rfc-editor.org/rfc/rfc9112#section-5)).
    private static List<AbuseCase> bytes() {
        return List.of(
                either(
                        "HT-10a",
                        "invalid UTF-8 in a header",
                        withHeader("X-A: \u00ff\u00fe"),
                        200,
                        400),
                closed("HT-10b", "NUL in a header", withHeader("X-A: a\u0000b"), 400),
                either(
                        "HT-10c",
                        "a control byte in a header",
                        withHeader("X-A: a\u0001b"),
                        200,
                        400),
                either(
                        "HT-10d",
                        "invalid UTF-8 in a cookie",
                        withHeader("Cookie: a=\u00c3("),
                        200,
                        400),
                either(
                        "HT-10e",
                        "a control byte in a cookie",
                        withHeader("Cookie: a=\u007f"),
                        200,
                        400),
                closed("HT-10f", "a bare CR in a header", withHeader("X-A: a\rb"), 400),
                closed("HT-10g", "a bare LF in a header", withHeader("X-A: a\nX-B: b"), 400),
                closed(
                        "HT-10h",
                        "bare LF throughout",
                        "GET /ok HTTP/1.1\nHost: localhost\n\n",
                        400),
                closed("HT-10i", "a folded header", withHeader("X-A: a\r\n b"), 400),
                closed("HT-10j", "a space before the colon", withHeader("X-A : a"), 400),
                closed(
                        "HT-10k",
                        "a space before the colon of Content-Length",
                        FORM + "Content-Length : 3\r\n\r\na=b" + SMUGGLED,
                        400),
                closed("HT-10l", "an empty header name", withHeader(": a"), 400),
                closed("HT-10m", "no colon", withHeader("X-A"), 400),
                closed("HT-10n", "a header name that is no token", withHeader("X(A: a"), 400));
    }

    /// Host ([RFC 9112 §3.2](https://www.rfc-editor.org/rfc/rfc9112#section-3.2)).
    private static List<AbuseCase> hosts() {
        return List.of(
                closed("HT-11a", "no Host", "GET /ok HTTP/1.1\r\n\r\n", 400),
                closed("HT-11b", "two Hosts", withHeader("Host: other"), 400),
                closed(
                        "HT-11c",
                        "HTTP/1.0 without Host",
                        "GET /ok HTTP/1.0\r\n\r\n",
                        200,
                        400,
                        505),
                closed(
                        "HT-11d",
                        "a Host of garbage",
                        "GET /ok HTTP/1.1\r\nHost: a b@c/\r\n\r\n",
                        400),
                either(
                        "HT-11e",
                        "a Host with port 99999999",
                        "GET /ok HTTP/1.1\r\nHost: a:99999999\r\n\r\n",
                        200,
                        400),
                closed("HT-11f", "two equal Hosts", withHeader("Host: localhost"), 400),
                either(
                        "HT-11g",
                        "a Host with a comma",
                        "GET /ok HTTP/1.1\r\nHost: a, b\r\n\r\n",
                        200,
                        400),
                either("HT-11h", "an empty Host", "GET /ok HTTP/1.1\r\nHost:\r\n\r\n", 200, 400),
                inStep(
                        "HT-11i",
                        "a Host that is an IPv6 literal",
                        "GET /ok HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
                        200),
                inStep(
                        "HT-11j",
                        "header names in small letters",
                        "GET /ok HTTP/1.1\r\nhost: localhost\r\n\r\n",
                        200));
    }

    /// What is meant for another server.
    private static List<AbuseCase> others() {
        return List.of(
                closed(
                        "HT-11k",
                        "an HTTP/2.0 request line",
                        "GET /ok HTTP/2.0\r\n" + HOST + "\r\n",
                        400,
                        505),
                closed("HT-11l", "an HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 505),
                inStep(
                        "HT-13",
                        "X-HTTP-Method-Override",
                        withHeader("X-HTTP-Method-Override: DELETE"),
                        200),
                inStep(
                        "HT-14u",
                        "Upgrade: h2c",
                        withHeader(
                                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                        + "HTTP2-Settings: AAMAAABkAAQAAP__"),
                        200),
                closed(
                        "TL-09a",
                        "a PROXY line",
                        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n" + SMUGGLED,
                        400),
                closed(
                        "TL-09b",
                        "a PROXY header, version 2",
                        "\r\n\r\n\u0000\r\nQUIT\n!\u0011\u0000\u000c"
                                + "\u0001".repeat(12)
                                + SMUGGLED,
                        400),
                closed(
                        "HT-21a",
                        "the begin of TLS",
                        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"
                                + "x".repeat(40)
                                + "\r\n\r\n",
                        0,
                        400));
    }
}
