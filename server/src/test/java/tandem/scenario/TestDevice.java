package tandem.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;

/// A device: asks for codes, polls, refreshes, revokes. Speaks only what the RFC writes.
public final class TestDevice {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final Http http;
    private final TestClock clock;
    private final String clientId;
    private Answer codes;
    private String refreshToken = "";

    /// @param codes what the device endpoint answered
    public TestDevice(Http http, TestClock clock, String clientId, Answer codes) {
        this.http = http;
        this.clock = clock;
        this.clientId = clientId;
        this.codes = codes;
    }

    /// What the device endpoint answered last.
    public Answer codes() {
        return codes;
    }

    public String userCode() {
        return codes.text("user_code");
    }

    public String deviceCode() {
        return codes.text("device_code");
    }

    public String refreshToken() {
        return refreshToken;
    }

    public TestDevice asksAgain(String... parameters) {
        codes = http.post("/oauth/device/code", with("client_id", clientId, parameters));
        return this;
    }

    /// Lets time pass before what it does next.
    public TestDevice after(Duration wait) {
        clock.forward(wait);
        return this;
    }

    public Answer polls() {
        return kept(
                http.post(
                        "/oauth/token",
                        "grant_type",
                        GRANT,
                        "device_code",
                        deviceCode(),
                        "client_id",
                        clientId));
    }

    /// The same poll several times, released at one moment.
    public List<Answer> pollsAtOnce(int times) throws Exception {
        var barrier = new CyclicBarrier(times);
        Callable<Answer> poll =
                () -> {
                    barrier.await();
                    return http.post(
                            "/oauth/token",
                            "grant_type",
                            GRANT,
                            "device_code",
                            deviceCode(),
                            "client_id",
                            clientId);
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Callable<Answer>>();
            for (int i = 0; i < times; i++) {
                running.add(poll);
            }
            var answers = new ArrayList<Answer>();
            for (var future : threads.invokeAll(running)) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    public Answer refreshes(String... parameters) {
        return kept(refreshesWith(refreshToken, parameters));
    }

    /// Refreshes with some token, without taking over the new one.
    public Answer refreshesWith(String token, String... parameters) {
        return http.post(
                "/oauth/token",
                with(
                        "client_id",
                        clientId,
                        with(
                                "grant_type",
                                "refresh_token",
                                with("refresh_token", token, parameters))));
    }

    public Answer revokes(String token) {
        return http.post("/oauth/revoke", "token", token, "client_id", clientId);
    }

    private Answer kept(Answer answer) {
        if (answer.status() == 200) {
            var next = answer.text("refresh_token");
            refreshToken = next.isEmpty() ? refreshToken : next;
        }
        return answer;
    }

    private static String[] with(String name, String value, String... more) {
        var all = new ArrayList<>(List.of(name, value));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
