package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tandem.web.RawConnection.Answer;

/// What anybody can send to the port, byte by byte. No request hides in another, nothing is
/// answered with the library's own words, and a connection goes on only where both sides agree on
/// where they are.
class HttpAbuseTest {
    private static SmallServer server;

    @BeforeAll
    static void start() {
        server = SmallServer.with(SmallServer.PATIENT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<AbuseCase> cases() {
        return Stream.of(
                        BodyAbuse.cases(),
                        ChunkAbuse.cases(),
                        HeadAbuse.cases(),
                        TargetAbuse.cases())
                .flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void is_answered_as_it_should_be(AbuseCase sent) throws Exception {
        assertAnswered(sent, RawConnection.to(server.port()));
    }

    static void assertAnswered(AbuseCase sent, RawConnection to) throws IOException {
        try (var connection = to) {
            connection.offer(sent.bytes());
            var answer = connection.answer(sent.method());
            connection.offer(AbuseCase.get("/next"));
            connection.finish();
            var after = connection.rest();

            assertThat(sent.statuses()).contains(answer.map(Answer::status).orElse(0));
            answer.ifPresent(HttpAbuseTest::assertPlain);
            switch (sent.after()) {
                case CLOSED -> assertThat(after).isEmpty();
                case IN_STEP -> assertInStep(after);
                case EITHER -> {
                    boolean closes = answer.flatMap(a -> a.header("connection")).isPresent();
                    if (!closes) {
                        assertInStep(after);
                    } else {
                        assertThat(after).isEmpty();
                    }
                }
            }
        }
    }

    private static void assertInStep(List<Answer> after) {
        assertThat(after).extracting(Answer::body).containsExactly("next");
    }

    /// Told in our words, kept by nobody, and silent on what serves it.
    private static void assertPlain(Answer answer) {
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.header("cache-control")).contains("no-store");
        if (answer.status() >= 400) {
            assertThat(answer.header("content-type")).contains("application/json");
            assertThat((answer.head() + answer.body()).toLowerCase(Locale.ROOT))
                    .doesNotContain("helidon", "java", "exception");
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws Exception {
        try (var connection = RawConnection.to(server.port())) {
            var ten = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                ten.append(
                        i % 2 == 0
                                ? AbuseCase.get("/echo?a=" + i)
                                : AbuseCase.FORM + "Content-Length: 3\r\n\r\na=" + i);
            }
            connection.send(ten.toString());
            connection.finish();
            assertThat(connection.rest())
                    .extracting(Answer::body)
                    .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        }
    }

    @Test
    void chunks_are_put_together() throws Exception {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(AbuseCase.CHUNKED + "3;x=y\r\na=b\r\n2\r\ncd\r\n0\r\n\r\n");
            assertThat(connection.answer()).map(Answer::body).contains("bcd");
        }
    }

    @Test
    void a_body_that_was_announced_is_asked_for() throws Exception {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(AbuseCase.FORM + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 100 ");
            connection.send("a=b");
            assertThat(connection.answer()).map(Answer::body).contains("b");
        }
    }

    @Test
    void a_body_nobody_wants_is_refused_before_it_is_sent() throws Exception {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(
                    AbuseCase.FORM + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void the_address_is_the_peers() throws Exception {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(
                    "GET /address HTTP/1.1\r\n"
                            + AbuseCase.HOST
                            + "X-Forwarded-For: 192.0.2.1\r\n\r\n");
            assertThat(connection.answer()).map(Answer::body).contains("127.0.0.1");
        }
    }
}
