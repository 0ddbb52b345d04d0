package tandem.web;

import static tandem.web.AbuseCase.CHUNKED;
import static tandem.web.AbuseCase.HOST;
import static tandem.web.AbuseCase.SMUGGLED;
import static tandem.web.AbuseCase.closed;
import static tandem.web.AbuseCase.either;
import static tandem.web.AbuseCase.inStep;

import java.util.List;
import java.util.stream.Stream;

/// Bodies in chunks: how programs differ over where one ends ([RFC 9112
/// §7.1](https://www.rfc-editor.org/rfc/rfc9112#section-7.1)).
final class ChunkAbuse {
    private ChunkAbuse() {}

    static Stream<AbuseCase> cases() {
        return Stream.of(read(), refused()).flatMap(List::stream);
    }

    /// What is understood.
    private static List<AbuseCase> read() {
        return List.of(
                inStep("HT-06a", "plain chunks", CHUNKED + "5\r\na=bcd\r\n0\r\n\r\n", 200),
                inStep("HT-06b", "a valid extension", CHUNKED + "5;a=b\r\na=bcd\r\n0\r\n\r\n", 200),
                either(
                        "HT-06l",
                        "a trailer",
                        CHUNKED + "5\r\na=bcd\r\n0\r\nX-T: 1\r\n\r\n",
                        200,
                        400),
                inStep(
                        "HT-06r",
                        "many chunks of one byte",
                        CHUNKED + "1\r\na\r\n".repeat(2000) + "0\r\n\r\n",
                        200),
                either(
                        "HT-06s",
                        "a size with zeros before it",
                        CHUNKED + "0".repeat(30) + "5\r\na=bcd\r\n0\r\n\r\n",
                        200,
                        400));
    }

    /// What is not, and ends the connection.
    private static List<AbuseCase> refused() {
        return List.of(
                closed(
                        "HT-06c",
                        "an extension with a quoted CRLF",
                        CHUNKED + "5;a=\"\r\nx\"\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED,
                        400),
                closed(
                        "HT-06d",
                        "a bare LF after the size",
                        CHUNKED + "5\na=bcd\r\n0\r\n\r\n" + SMUGGLED,
                        400),
                closed("HT-06e", "size 0x5", CHUNKED + "0x5\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED, 400),
                closed("HT-06f", "size +5", CHUNKED + "+5\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED, 400),
                closed(
                        "HT-06g",
                        "a size of 17 digits",
                        CHUNKED + "10000000000000005\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED,
                        400),
                closed("HT-06h", "size -5", CHUNKED + "-5\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED, 400),
                closed(
                        "HT-06i",
                        "no CRLF after the chunk",
                        CHUNKED + "5\r\na=bcdXX0\r\n\r\n" + SMUGGLED,
                        400),
                closed("HT-06j", "an empty size", CHUNKED + "\r\n\r\n" + SMUGGLED, 400),
                closed(
                        "HT-06k",
                        "a space before the size",
                        CHUNKED + " 5\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED,
                        400),
                closed(
                        "HT-06m",
                        "size ffffffff",
                        CHUNKED + "ffffffff\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED,
                        400,
                        413),
                closed("HT-06n", "size 7fffffff", CHUNKED + "7fffffff\r\na=bcd", 400, 413),
                closed(
                        "HT-06o",
                        "a chunk line of 100 kB",
                        CHUNKED + "5;" + "a".repeat(100_000) + "\r\na=bcd\r\n0\r\n\r\n" + SMUGGLED,
                        400),
                closed(
                        "HT-06p",
                        "a broken chunk for an unknown path",
                        "POST /none HTTP/1.1\r\n"
                                + HOST
                                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
                                + SMUGGLED,
                        400,
                        404),
                closed(
                        "HT-06q",
                        "chunks over the limit",
                        CHUNKED + "11000\r\n" + "a".repeat(0x11000) + "\r\n0\r\n\r\n" + SMUGGLED,
                        413),
                closed(
                        "HT-06t",
                        "CR without LF after the last chunk",
                        CHUNKED + "5\r\na=bcd\r\n0\r\n\rX" + SMUGGLED,
                        400));
    }
}
