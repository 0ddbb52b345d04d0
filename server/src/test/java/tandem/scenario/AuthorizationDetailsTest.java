package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.Api;

/// Finer than scopes: `authorization_details`, [RFC 9396](https://www.rfc-editor.org/rfc/rfc9396).
@TestInstance(Lifecycle.PER_CLASS)
class AuthorizationDetailsTest {
    private static final String PAYMENT =
            "{\"type\":\"payment\",\"amount\":{\"value\":\"12.50\",\"currency\":\"EUR\"},"
                    + "\"creditor\":\"Cinema <b>am</b> Markt\"}";

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
        tandem.server()
                .store()
                .write(tx -> {
                    var api = tx.registered().api(TestTandem.API).orElseThrow();
                    tx.registry().put(knowing(api, "payment", "Pay for something once"));
                    return true;
                });
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private static Api knowing(Api a, String type, String words) {
        return new Api(
                a.identifier(),
                a.name(),
                a.scopes(),
                a.tokenLifetime(),
                a.allowOfflineAccess(),
                a.signingAlg(),
                a.tokenDialect(),
                List.of(new Api.DetailType(type, words)));
    }

    private TestDevice asking(String client) {
        return tandem.device(
                client,
                "scope",
                "offline_access",
                "resource",
                TestTandem.API,
                "resource",
                TestTandem.PHOTOS,
                "authorization_details",
                "[" + PAYMENT + "]");
    }

    @Test
    void they_go_from_the_request_to_the_page_to_the_token() {
        var radio = asking("radio");
        var browser = tandem.browser().enters(radio.userCode()).confirms();
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.page().plain())
                .containsSubsequence("Pay for something once", "amount value", "12.50", "EUR");
        assertThat(browser.page().body()).contains("Cinema &lt;b&gt;am&lt;/b&gt; Markt");
        browser.allows();
        var answer = radio.polls();
        for (var where : List.of(answer.json(), answer.claims("access_token"))) {
            var details = where.path("authorization_details");
            assertThat(details.toString()).isEqualTo("[" + PAYMENT + "]");
        }
        var told =
                tandem.http()
                        .post(
                                "/oauth/introspect",
                                "token",
                                answer.text("access_token"),
                                "client_id",
                                "radio");
        assertThat(told.json().path("authorization_details").toString())
                .isEqualTo("[" + PAYMENT + "]");
        assertThat(radio.refreshes().claims("access_token").has("authorization_details")).isTrue();
        var photos = radio.refreshes("resource", TestTandem.PHOTOS);
        assertThat(photos.claims("access_token").has("authorization_details"))
                .as("another API does not know them")
                .isFalse();
    }

    @Test
    void they_are_asked_about_each_time() {
        for (int time = 1; time <= 2; time++) {
            var radio = asking("radio");
            var browser = tandem.browser().enters(radio.userCode()).confirms();
            browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
            assertThat(browser.page().asks("/activate/consent")).isTrue();
            browser.allows();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment",
                "{}",
                "[]",
                "[1]",
                "[{}]",
                "[{\"type\": \"loan\"}]",
                "[{\"type\": \"payment\"}, {\"type\": \"loan\"}]",
                "[{\"type\": \"payment\", \"type\": \"payment\"}]",
                "[{\"type\": \"payment\", \"to\": \"a\\nb\"}]",
                "[{\"type\": \"payment\", \"to\": \"a\\u202eb\"}]",
                "[{\"type\": \"payment\"}"
            })
    void others_are_refused(String details) {
        var answer =
                tandem.http()
                        .post(
                                "/oauth/device/code",
                                "client_id",
                                "tv",
                                "audience",
                                TestTandem.API,
                                "authorization_details",
                                details);
        assertThat(answer.error()).as(answer.body()).isEqualTo("invalid_authorization_details");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void more_than_can_be_shown_is_refused() {
        var many = new StringBuilder("[{\"type\":\"payment\"");
        for (int i = 0; i < 21; i++) {
            many.append(",\"m").append(i).append("\":1");
        }
        for (var details :
                List.of(
                        many + "}]",
                        "[" + "{\"type\":\"payment\"},".repeat(10) + "{\"type\":\"payment\"}]",
                        "[" + " ".repeat(4096) + "{\"type\":\"payment\"}]",
                        "[{\"type\":\"payment\",\"to\":\"" + "x".repeat(201) + "\"}]")) {
            var answer =
                    tandem.http()
                            .post(
                                    "/oauth/device/code",
                                    "client_id",
                                    "tv",
                                    "audience",
                                    TestTandem.API,
                                    "authorization_details",
                                    details);
            assertThat(answer.error()).isEqualTo("invalid_authorization_details");
        }
    }

    @Test
    void the_metadata_name_the_types() {
        var metadata = tandem.http().get("/.well-known/oauth-authorization-server").json();
        assertThat(metadata.path("authorization_details_types_supported").toString())
                .isEqualTo("[\"payment\"]");
    }
}
