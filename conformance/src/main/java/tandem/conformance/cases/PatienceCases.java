package tandem.conformance.cases;

import static tandem.conformance.suite.Case.wise;

import java.time.Duration;
import java.util.stream.Stream;
import tandem.conformance.suite.Case;
import tandem.conformance.suite.Scene;
import tandem.conformance.wire.Unmet;

/// HT: clients that are slow, or many (CWE-400).
final class PatienceCases {
    private static final Duration SLOW = Duration.ofSeconds(100);
    private static final Duration DRIP = Duration.ofSeconds(2);

    private PatienceCases() {}

    static Stream<Case> all() {
        return patience();
    }

    private static Stream<Case> patience() {
        return Stream.of(
                wise(
                                "HT-01",
                                "A head that comes drop by drop is not waited for without end",
                                "CWE-400")
                        .judged(scene ->
                                drips(
                                        scene,
                                        "GET / HTTP/1.1\r\nHost: "
                                                + HttpCases.host(scene)
                                                + "\r\nX: ")),
                wise(
                                "HT-02",
                                "A body that comes drop by drop is not waited for without end",
                                "CWE-400")
                        .judged(scene ->
                                drips(
                                        scene,
                                        HttpCases.post(scene, "Content-Length: 100000\r\n", "a="))),
                wise("HT-20", "A hundred broken requests do not hinder an honest one", "CWE-400")
                        .judged(scene -> {
                            for (int i = 0; i < 100; i++) {
                                try (var raw = HttpCases.connect(scene)) {
                                    raw.sends(
                                            "POST "
                                                    + HttpCases.path(scene)
                                                    + " HTTP/1.1\r\nHost: "
                                                    + HttpCases.host(scene)
                                                    + "\r\nContent-Len");
                                }
                            }
                            var answer = scene.device().tries(form -> form).is(200);
                            answer.expect(
                                    answer.took().compareTo(Duration.ofSeconds(5)) < 0,
                                    "an answer within 5 s",
                                    answer.took().toMillis() + " ms");
                        }));
    }

    private static void drips(Scene scene, String begin) {
        try (var raw = HttpCases.connect(scene)) {
            raw.sends(begin);
            long end = System.nanoTime() + SLOW.toNanos();
            while (System.nanoTime() < end) {
                scene.pauses(DRIP);
                raw.sends("x");
                if (raw.closesWithin(Duration.ofMillis(20))) {
                    return;
                }
            }
            throw new Unmet(
                    "the end of the connection within " + SLOW.toSeconds() + " s", "it is open");
        }
    }
}
