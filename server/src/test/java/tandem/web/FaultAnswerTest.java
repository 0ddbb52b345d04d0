package tandem.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What clients are told when something goes wrong here, and what the log is.
class FaultAnswerTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(HttpServer.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private SmallServer server;

    @BeforeEach
    void start() {
        server = SmallServer.with(SmallServer.PATIENT);
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stop() {
        logger.setAdditive(true);
        logger.detachAppender(log);
        server.close();
    }

    /// The answer to a GET, and that the connection goes on behind it.
    private RawConnection.Answer gets(String path) throws IOException {
        try (var connection = RawConnection.to(server.port())) {
            connection.send(AbuseCase.get(path) + AbuseCase.get("/next"));
            var answer = connection.answer().orElseThrow();
            assertThat(connection.answer()).map(RawConnection.Answer::body).contains("next");
            return answer;
        }
    }

    @Test
    void a_fault_is_named_here_and_in_the_log_and_described_there_alone() throws Exception {
        var answer = gets("/fault");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("server_error").doesNotContain(SmallServer.SECRET);
        var id = answer.body().replaceAll("(?s).* ([0-9a-f]{16})\".*", "$1");
        assertThat(log.list)
                .anySatisfy(event -> {
                    assertThat(event.getFormattedMessage()).contains("GET /fault", id);
                    assertThat(event.getThrowableProxy().getMessage())
                            .isEqualTo(SmallServer.SECRET);
                });
    }

    @Test
    void a_fault_that_passes_is_503_with_a_time_to_come_back() throws Exception {
        var answer = gets("/busy");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).contains("1");
        assertThat(answer.body()).contains("temporarily_unavailable");
    }

    @Test
    void even_an_error_is_told_in_our_words() throws Exception {
        var answer = gets("/error");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("content-type")).contains("application/json");
        assertThat(answer.header("cache-control")).contains("no-store");
        assertThat(answer.body()).contains("server_error").doesNotContain(SmallServer.SECRET);
        assertThat(log.list)
                .anySatisfy(
                        event -> assertThat(event.getFormattedMessage()).contains("GET /error"));
    }
}
