package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients that take their time. Each part of a request has a deadline of its own here, so that the
/// time that passes tells which one it was; it may be more on a busy machine, but never less.
@Execution(ExecutionMode.CONCURRENT)
class SlowClientTest {
    private static final Deadlines SHORT =
            new Deadlines(
                    Duration.ofMillis(300),
                    Duration.ofMillis(500),
                    Duration.ofMillis(2000),
                    Duration.ofMillis(400),
                    Duration.ofMillis(200));

    private static final int TRIES = 400;
    private static final int NO_ANSWER = 0;
    private static final String UP_TO_THE_BODY = AbuseCase.FORM + "Content-Length: 1000\r\n\r\n";
    private static final String WITHIN_A_HEADER =
            "GET /ok HTTP/1.1\r\n" + AbuseCase.HOST + "X-A: a";

    private static SmallServer server;

    @BeforeAll
    static void start() {
        server = SmallServer.with(SHORT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// A client that sends something, and then a little again and again, or nothing.
    ///
    /// @param answer the status it gets before the connection ends
    /// @param deadline what it exceeds
    record Slow(String what, String first, String drip, int answer, Duration deadline) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Slow> slow() {
        var head = SHORT.head();
        var body = SHORT.body();
        var unknown = "POST /none HTTP/1.1\r\n" + AbuseCase.HOST + "Content-Length: 1000\r\n\r\n";
        var expecting = AbuseCase.FORM + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n";
        var tooLarge = AbuseCase.FORM + "Content-Length: 1000000\r\n\r\n";
        return Stream.of(
                new Slow("silence", "", "", NO_ANSWER, head),
                new Slow("a request line byte by byte", "GET /", "a", NO_ANSWER, head),
                new Slow("silence within the head", "GET /ok HTTP/1.1\r\n", "", NO_ANSWER, head),
                new Slow("a header byte by byte", WITHIN_A_HEADER, "a", NO_ANSWER, head),
                new Slow("header by header", WITHIN_A_HEADER, "\r\nA: b", NO_ANSWER, head),
                new Slow("silence within the body", UP_TO_THE_BODY + "a", "", NO_ANSWER, body),
                new Slow("a body byte by byte", UP_TO_THE_BODY, "a", NO_ANSWER, body),
                new Slow("chunk by chunk", AbuseCase.CHUNKED, "1\r\na\r\n", NO_ANSWER, body),
                new Slow("silence when asked to continue", expecting, "", NO_ANSWER, body),
                new Slow("a body nobody reads, byte by byte", unknown, "a", NO_ANSWER, body),
                new Slow("a refused body, byte by byte", tooLarge, "a", 413, SHORT.linger()),
                new Slow("idling", AbuseCase.get("/ok"), "", 200, SHORT.idle()));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void is_closed_in_time(Slow client) throws Exception {
        long begin = System.nanoTime();
        try (var connection = RawConnection.to(server.port())) {
            connection.send(client.first());
            var dripping = Thread.ofVirtual().start(() -> drip(connection, client.drip()));
            var answers = connection.rest();
            var took = Duration.ofNanos(System.nanoTime() - begin);
            dripping.interrupt();
            dripping.join();
            if (client.answer() == NO_ANSWER) {
                assertThat(answers).isEmpty();
            } else {
                assertThat(answers)
                        .extracting(RawConnection.Answer::status)
                        .containsExactly(client.answer());
            }
            assertThat(took).isGreaterThanOrEqualTo(client.deadline());
        }
    }

    private static void drip(RawConnection connection, String each) {
        try {
            do {
                Thread.sleep(50);
            } while (connection.offer(each));
        } catch (InterruptedException e) {
            // done
        }
    }

    @Test
    void who_never_reads_the_answers_is_closed() throws Exception {
        try (var connection = RawConnection.narrow(server.port())) {
            connection.send(AbuseCase.get("/big").repeat(100));
            int tries = 0;
            while (connection.offer("G") && tries < TRIES) {
                Thread.sleep(50);
                tries++;
            }
            assertThat(tries).as("20 s").isLessThan(TRIES);
        }
    }

    @Test
    void a_handler_may_take_longer_than_any_client() throws Exception {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(AbuseCase.get("/waits"));
            Thread.sleep(SHORT.head().plus(SHORT.body()).plus(SHORT.write()));
            server.goOn();
            assertThat(connection.answer())
                    .map(RawConnection.Answer::body)
                    .as("not interrupted")
                    .contains("waited");
        }
    }

    @Test
    void a_request_may_begin_late_and_then_has_its_time() throws Exception {
        try (var connection = RawConnection.to(server.port())) {
            for (int i = 0; i < 2; i++) {
                connection.send(AbuseCase.get("/ok"));
                assertThat(connection.answer()).isPresent();
                Thread.sleep(SHORT.head().plusMillis(200));
            }
            connection.send(AbuseCase.get("/next"));
            assertThat(connection.answer()).map(RawConnection.Answer::body).contains("next");
        }
    }

    @Test
    void a_connection_that_ends_within_a_request_is_not_answered() throws IOException {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(UP_TO_THE_BODY + "a");
            connection.finish();
            assertThat(connection.rest()).isEmpty();
        }
    }
}
