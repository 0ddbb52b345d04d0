package tandem.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many who mean no good beside some who do. What is asserted is that these are answered, not how
/// fast.
@Timeout(value = 60, unit = SECONDS)
class CrowdTest {
    private static final int CROWD = 200;
    private static final int HONEST = 100;

    private SmallServer server;

    @BeforeEach
    void start() {
        server = SmallServer.with(SmallServer.PATIENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void slow_heads_keep_nobody_out() throws Exception {
        var slow = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < CROWD; i++) {
                var connection = RawConnection.to(server.port());
                slow.add(connection);
                connection.send("GET /ok HTTP/1.1\r\n" + AbuseCase.HOST + "X-A: a");
            }
            assertHonestAreAnswered();
            assertThat(server.server().connections()).isGreaterThanOrEqualTo(CROWD);
            for (var connection : slow) {
                connection.send("\r\n\r\n");
                assertThat(connection.answer()).as("slow, but in time").isPresent();
            }
        } finally {
            for (var connection : slow) {
                connection.close();
            }
        }
    }

    @Test
    void who_goes_away_midway_leaves_nothing_behind() throws Exception {
        var sent =
                List.of(
                        "G",
                        "GET /ok HTTP/1.1\r\n" + AbuseCase.HOST,
                        AbuseCase.get("/ok"),
                        AbuseCase.get("/big"),
                        AbuseCase.FORM + "Content-Length: 10\r\n\r\nab",
                        AbuseCase.CHUNKED + "5\r\na",
                        AbuseCase.FORM + "Content-Length: 1000000\r\n\r\na");
        try (var log = new LibraryLog()) {
            for (int i = 0; i < CROWD; i++) {
                leave(sent.get(i % sent.size()), i % 2 == 0);
            }
            assertHonestAreAnswered();
            while (server.server().connections() > 0) {
                Thread.sleep(50);
            }
            assertThat(log.warnings).isEmpty();
        }
    }

    @Test
    void beyond_so_many_at_once_a_request_is_told_to_come_back() throws Exception {
        try (var small = SmallServer.forOneAtATime();
                var first = RawConnection.to(small.port());
                var second = RawConnection.to(small.port());
                var slow = RawConnection.to(small.port())) {
            slow.send(AbuseCase.FORM + "Content-Length: 3\r\n\r\na=");
            first.send(AbuseCase.get("/waits"));
            small.awaitWaiting();
            second.send(AbuseCase.get("/ok"));
            var answer = second.answer().orElseThrow();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("retry-after")).contains("1");
            assertThat(answer.body()).contains("temporarily_unavailable");

            small.goOn();
            assertThat(first.answer()).map(RawConnection.Answer::body).contains("waited");
            second.send(AbuseCase.get("/next"));
            assertThat(second.answer()).map(RawConnection.Answer::body).contains("next");
            slow.send("b");
            assertThat(slow.answer()).map(RawConnection.Answer::body).contains("b");
        }
    }

    @Test
    void who_only_holds_a_connection_gives_way_where_they_are_scarce() throws Exception {
        int most = 50;
        var held = new ArrayList<RawConnection>();
        try (var small = SmallServer.forConnections(most)) {
            for (int i = 0; i < most; i++) {
                var connection = RawConnection.to(small.port());
                held.add(connection);
                connection.send(i % 2 == 0 ? AbuseCase.get("/ok") : "GET /o");
            }
            try (var honest = RawConnection.to(small.port())) {
                honest.send(AbuseCase.get("/ok"));
                assertThat(honest.answer()).map(RawConnection.Answer::body).contains("ok");
                assertThat(small.server().connections()).isLessThan(most);
            }
        } finally {
            for (var connection : held) {
                connection.close();
            }
        }
    }

    @Test
    void while_there_is_room_who_holds_a_connection_may_keep_it() throws Exception {
        try (var idle = RawConnection.to(server.port())) {
            idle.send(AbuseCase.get("/ok"));
            assertThat(idle.answer()).isPresent();
            Thread.sleep(1_600);
            idle.send(AbuseCase.get("/next"));
            assertThat(idle.answer()).map(RawConnection.Answer::body).contains("next");
        }
    }

    @Test
    void a_server_about_to_stop_makes_each_answer_the_last_of_its_connection() throws Exception {
        try (var kept = RawConnection.to(server.port())) {
            kept.send(AbuseCase.get("/ok"));
            assertThat(kept.answer().orElseThrow().header("connection")).isEmpty();
            server.server().drain();
            kept.send(AbuseCase.get("/next"));
            var last = kept.answer().orElseThrow();
            assertThat(last.body()).isEqualTo("next");
            assertThat(last.header("connection")).contains("close");
            assertThat(kept.answer()).isEmpty();
        }
        assertHonestAreAnswered();
        assertThat(server.server().listening()).isTrue();
        server.close();
        assertThat(server.server().listening()).isFalse();
    }

    private void leave(String afterSending, boolean withoutFarewell) throws IOException {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(afterSending);
            if (withoutFarewell) {
                connection.reset();
            }
        }
    }

    private void assertHonestAreAnswered() throws IOException {
        for (int i = 0; i < HONEST; i++) {
            try (var connection = RawConnection.to(server.port())) {
                connection.send(AbuseCase.get("/ok"));
                assertThat(connection.answer()).map(RawConnection.Answer::body).contains("ok");
            }
        }
    }

    /// What the HTTP library finds worth a warning, but for its start: other tests' listeners fail
    /// at that on purpose.
    private static final class LibraryLog extends Handler implements AutoCloseable {
        private static final Logger LIBRARY = Logger.getLogger("io.helidon.webserver");
        private static final String START = "io.helidon.webserver.LoomServer";

        private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();

        LibraryLog() {
            LIBRARY.addHandler(this);
        }

        @Override
        public void publish(LogRecord told) {
            if (told.getLevel().intValue() >= Level.WARNING.intValue()
                    && !START.equals(told.getLoggerName())) {
                warnings.add(told.getLoggerName() + " " + told.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LIBRARY.removeHandler(this);
        }
    }
}
