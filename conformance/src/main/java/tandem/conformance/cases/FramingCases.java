package tandem.conformance.cases;

import static tandem.conformance.suite.Case.must;
import static tandem.conformance.suite.Case.should;
import static tandem.conformance.suite.Case.wise;

import java.util.List;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.wire.Answer;
import tandem.conformance.wire.Unmet;

/// HT: where a request ends (RFC 9112 §6, §7). What may be read in two ways has to be refused: a
/// proxy in front may read it in the other.
final class FramingCases {
    private FramingCases() {}

    static Stream<Case> all() {
        return framing();
    }

    private static Stream<Case> framing() {
        return Stream.of(
                HttpCases.refused(
                        must(
                                "HT-05",
                                "Content-Length beside Transfer-Encoding is refused, or the connection ends",
                                "RFC 9112 §6.1"),
                        scene ->
                                List.of(
                                        HttpCases.post(
                                                scene,
                                                "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
                                                "0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"))),
                HttpCases.refused(
                        must(
                                "HT-07",
                                "A Content-Length that is no number, or two of them, is refused",
                                "RFC 9112 §6.3"),
                        scene ->
                                Stream.of(
                                                "Content-Length: 3\r\nContent-Length: 4\r\n",
                                                "Content-Length: +3\r\n",
                                                "Content-Length: -1\r\n",
                                                "Content-Length: 3, 4\r\n",
                                                "Content-Length: 0x3\r\n",
                                                "Content-Length: 99999999999999999999\r\n")
                                        .map(head -> HttpCases.post(scene, head, "a=b"))
                                        .toList()),
                HttpCases.refused(
                        must(
                                "HT-06",
                                "Chunks whose size is no number are refused",
                                "RFC 9112 §7.1"),
                        scene ->
                                Stream.of(
                                                "0x3\r\na=b\r\n0\r\n\r\n",
                                                "+3\r\na=b\r\n0\r\n\r\n",
                                                "-1\r\n\r\n",
                                                "fffffffffffffffff\r\na=b\r\n",
                                                "zz\r\na=b\r\n0\r\n\r\n")
                                        .map(body ->
                                                HttpCases.post(
                                                        scene,
                                                        "Transfer-Encoding: chunked\r\n",
                                                        body))
                                        .toList()),
                HttpCases.refused(
                        should(
                                "HT-06a",
                                "A transfer coding that nobody knows is refused",
                                "RFC 9112 §6.1"),
                        scene ->
                                Stream.of(
                                                "Transfer-Encoding: nonsense\r\n",
                                                "Transfer-Encoding: chunked, identity\r\n")
                                        .map(head ->
                                                HttpCases.post(
                                                        scene, head, "3\r\na=b\r\n0\r\n\r\n"))
                                        .toList()),
                must(
                                "HT-08",
                                "Requests sent in a row are answered in that order",
                                "RFC 9112 §9.3.2")
                        .judged(scene -> {
                            var first = HttpCases.get(scene, scene.metadata().tokenEndpoint());
                            var second =
                                    HttpCases.post(
                                            scene,
                                            "Content-Length: "
                                                    + HttpCases.body(scene).length()
                                                    + "\r\n",
                                            HttpCases.body(scene));
                            try (var raw = HttpCases.connect(scene)) {
                                raw.sends(second + first + second);
                                var one =
                                        raw.answer(second)
                                                .orElseThrow(() -> new Unmet("an answer", "none"));
                                var two = raw.answer(first);
                                one.expect(one.status() == 200, "codes first", one.told());
                                two.ifPresent(answer ->
                                        answer.expect(
                                                answer.status() != 200,
                                                "the refused GET second",
                                                answer.told()));
                            }
                        }),
                wise(
                                "HT-17",
                                "After a refusal the connection ends, or stays in step",
                                "RFC 9112 §9.6")
                        .judged(scene -> {
                            var big =
                                    HttpCases.post(
                                            scene,
                                            "Content-Length: 100000\r\n",
                                            "GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(1000));
                            try (var raw = HttpCases.connect(scene)) {
                                raw.sends(big);
                                raw.sends("y".repeat(100_000 - 1031));
                                raw.answer(big).ifPresent(Answer::isNoFault);
                            }
                            scene.device().asks();
                        }));
    }
}
