package tandem.web;

import static tandem.web.AbuseCase.FORM;
import static tandem.web.AbuseCase.HOST;
import static tandem.web.AbuseCase.SMUGGLED;
import static tandem.web.AbuseCase.closed;
import static tandem.web.AbuseCase.inStep;
import static tandem.web.AbuseCase.withHeader;

import java.util.List;
import java.util.stream.Stream;

/// Where a body ends: the ways in which programs differ over that, by which one request hides in
/// another ([RFC 9112 §11.2](https://www.rfc-editor.org/rfc/rfc9112#section-11.2)).
final class BodyAbuse {
    private BodyAbuse() {}

    static Stream<AbuseCase> cases() {
        return Stream.of(encodings(), lengths(), sizes()).flatMap(List::stream);
    }

    /// Transfer-Encoding ([RFC 9112 §6.1](https://www.rfc-editor.org/rfc/rfc9112#section-6.1)).
    private static List<AbuseCase> encodings() {
        return List.of(
                closed(
                        "HT-05a",
                        "Content-Length and Transfer-Encoding",
                        FORM
                                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                + SMUGGLED,
                        400),
                closed(
                        "HT-05b",
                        "Transfer-Encoding and Content-Length",
                        FORM
                                + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
                                + SMUGGLED,
                        400),
                closed(
                        "HT-05c",
                        "Transfer-Encoding: xchunked",
                        FORM + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                        400,
                        501),
                closed(
                        "HT-05d",
                        "Transfer-Encoding: identity",
                        FORM
                                + "Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\na=b"
                                + SMUGGLED,
                        400,
                        501),
                closed(
                        "HT-05e",
                        "Transfer-Encoding: chunked, chunked",
                        FORM + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                        400),
                closed(
                        "HT-05f",
                        "Transfer-Encoding: gzip, chunked",
                        FORM + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                        400,
                        501),
                closed(
                        "HT-05g",
                        "Transfer-Encoding with a vertical tab",
                        FORM + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
                        400,
                        501),
                closed(
                        "HT-05h",
                        "Transfer-Encoding in HTTP/1.0",
                        "POST /form HTTP/1.0\r\n"
                                + HOST
                                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400,
                        505),
                closed(
                        "HT-05i",
                        "Transfer-Encoding twice",
                        FORM
                                + "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                + SMUGGLED,
                        400,
                        501),
                inStep(
                        "HT-05j",
                        "a GET with a chunked body",
                        "GET /ok HTTP/1.1\r\n"
                                + HOST
                                + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                        200),
                inStep(
                        "HT-05k",
                        "a GET with a body of a length",
                        "GET /ok HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\nhello",
                        200),
                inStep(
                        "HT-10o",
                        "Transfer_Encoding, which means nothing",
                        FORM + "Transfer_Encoding: chunked\r\nContent-Length: 3\r\n\r\na=b",
                        200));
    }

    /// Content-Length ([RFC 9112 §6.3](https://www.rfc-editor.org/rfc/rfc9112#section-6.3)).
    private static List<AbuseCase> lengths() {
        return Stream.of(
                        "5\r\nContent-Length: 6",
                        "5\r\nContent-Length: 5",
                        "5, 5",
                        "5 5",
                        "5;",
                        "",
                        "+5",
                        "-1",
                        "0x5",
                        "4.0",
                        "\u00b2",
                        "99999999999999999999")
                .map(length -> "Content-Length: " + length)
                .map(header ->
                        closed("HT-07", header, FORM + header + "\r\n\r\na=bcd" + SMUGGLED, 400))
                .toList();
    }

    /// Bodies too large, unwanted or announced, and ends that were announced.
    private static List<AbuseCase> sizes() {
        return List.of(
                closed(
                        "HT-17a",
                        "a body over the limit",
                        FORM + "Content-Length: 1000000\r\n\r\n" + "a".repeat(1_000_000),
                        413),
                closed(
                        "HT-17b",
                        "a body over the limit, never sent",
                        FORM + "Content-Length: 1000000\r\n\r\n",
                        413),
                inStep(
                        "HT-17c",
                        "a body of exactly the limit",
                        FORM + "Content-Length: 65536\r\n\r\n" + "a".repeat(65536),
                        200),
                closed(
                        "HT-17c2",
                        "one byte more",
                        FORM + "Content-Length: 65537\r\n\r\n" + "a".repeat(65537),
                        413),
                inStep("HT-17d", "an endpoint's 400", FORM + "Content-Length: 3\r\n\r\na=%", 400),
                inStep(
                        "HT-17e",
                        "a body for an unknown path",
                        "POST /none HTTP/1.1\r\n"
                                + HOST
                                + "Content-Length: 30000\r\n\r\n"
                                + "a".repeat(30_000),
                        404),
                closed(
                        "HT-17f",
                        "a body over the limit for an unknown path",
                        "POST /none HTTP/1.1\r\n" + HOST + "Content-Length: 1000000\r\n\r\n",
                        413),
                closed("HT-17g", "Connection: close", withHeader("Connection: close"), 200),
                closed(
                        "HT-17h",
                        "a request behind Connection: close",
                        withHeader("Connection: close") + SMUGGLED,
                        200),
                closed(
                        "HT-17i",
                        "Connection: keep-alive, close",
                        withHeader("Connection: keep-alive, close"),
                        200),
                closed(
                        "HT-15",
                        "Content-Encoding: gzip",
                        FORM + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b",
                        415),
                inStep(
                        "HT-16a",
                        "Expect: 100-continue, not waited for",
                        FORM + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\na=b",
                        200),
                closed(
                        "HT-16b",
                        "Expect: 100-continue before a body over the limit",
                        FORM + "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n",
                        413,
                        417),
                inStep(
                        "HT-16d",
                        "Expect: something else",
                        FORM + "Expect: 200-maybe\r\nContent-Length: 3\r\n\r\na=b",
                        200,
                        417));
    }
}
