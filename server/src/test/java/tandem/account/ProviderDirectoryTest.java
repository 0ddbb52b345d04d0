package tandem.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tandem.metric.Metrics;
import tandem.scenario.TestClock;
import tandem.web.ClientAddress;
import tandem.web.HttpServer;
import tandem.web.Response;
import tandem.web.Routes;

/// What providers may say of themselves, and how often they are asked.
class ProviderDirectoryTest {
    private final TestClock clock = new TestClock();
    private final ProviderDirectory directory = new ProviderDirectory(new ProviderWire(), clock);
    private final Map<String, Response> documents = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() {
        var routes = new Routes().area("/", (fault, request, id) -> Response.empty(404));
        routes.get(
                "/{name}/.well-known/openid-configuration",
                request -> {
                    asked.incrementAndGet();
                    return documents.getOrDefault(request.pathValue("name"), Response.empty(404));
                });
        server =
                HttpServer.start(
                        new HttpServer.Settings(
                                "127.0.0.1", 0, new ClientAddress(List.of()), e -> false),
                        routes,
                        new Metrics(),
                        new SecureRandom());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_provider_is_asked_once_an_hour() {
        says("good", metadata("good"));
        assertThat(found("good")).isTrue();
        clock.forward(ProviderDirectory.KEPT.minusSeconds(1));
        assertThat(found("good")).isTrue();
        assertThat(asked).hasValue(1);
        clock.forward(Duration.ofSeconds(1));
        assertThat(found("good")).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void one_that_is_down_is_left_alone_a_moment_and_then_found() {
        assertThat(found("late")).isFalse();
        says("late", metadata("late"));
        assertThat(found("late")).isFalse();
        assertThat(asked).hasValue(1);
        clock.forward(ProviderDirectory.DOWN_KEPT);
        assertThat(found("late")).isTrue();
    }

    @Test
    void one_that_speaks_for_another_is_not_used() {
        says("liar", metadata("good"));
        assertThat(found("liar")).isFalse();
    }

    @Test
    void one_that_would_send_secrets_in_clear_is_not_used() {
        for (var endpoint :
                List.of(
                        "authorization_endpoint",
                        "token_endpoint",
                        "jwks_uri",
                        "userinfo_endpoint")) {
            var clear =
                    metadata(endpoint)
                            .replaceFirst(
                                    "\"" + endpoint + "\":\"[^\"]*\"",
                                    "\"" + endpoint + "\":\"http://idp.example/x\"");
            assertThat(clear).contains("idp.example");
            says(endpoint, clear);
            assertThat(found(endpoint)).as(endpoint).isFalse();
        }
        says("incomplete", metadata("incomplete").replace("\"token_endpoint\"", "\"other\""));
        assertThat(found("incomplete")).isFalse();
    }

    @Test
    void one_that_leads_elsewhere_or_says_too_much_or_nonsense_is_not_used() {
        says("good", metadata("good"));
        documents.put(
                "elsewhere",
                Response.seeOther(issuer("good") + "/.well-known/openid-configuration"));
        assertThat(found("elsewhere")).isFalse();
        assertThat(asked).hasValue(1);
        says("nonsense", "{");
        assertThat(found("nonsense")).isFalse();
        var padding = " ".repeat(ProviderWire.BODY_MAX);
        says("long", metadata("long") + padding);
        assertThat(found("long")).isFalse();
        says("short", metadata("short") + " ".repeat(1000));
        assertThat(found("short")).isTrue();
    }

    @Test
    void one_that_never_answers_is_given_up() throws IOException {
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var before = System.nanoTime();
            assertThat(directory.of("http://127.0.0.1:" + mute.getLocalPort())).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isBetween(
                            ProviderWire.PATIENCE.minusSeconds(1),
                            ProviderWire.PATIENCE.plusSeconds(10));
        }
    }

    private boolean found(String name) {
        return directory.of(issuer(name)).isPresent();
    }

    private void says(String name, String document) {
        documents.put(name, Response.json(200, document.getBytes(StandardCharsets.UTF_8)));
    }

    private String issuer(String name) {
        return "http://localhost:" + server.port() + "/" + name;
    }

    private String metadata(String name) {
        return """
        {"issuer":"ISSUER","authorization_endpoint":"ISSUER/authorize",\
        "token_endpoint":"ISSUER/token","jwks_uri":"ISSUER/keys",\
        "userinfo_endpoint":"ISSUER/userinfo","response_types_supported":["code"],\
        "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}
        """
                .replace("ISSUER", issuer(name));
    }
}
