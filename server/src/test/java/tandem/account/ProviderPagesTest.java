package tandem.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tandem.metric.Metrics;
import tandem.model.Client;
import tandem.model.ClientAuthenticationMethod;
import tandem.model.Connection;
import tandem.model.DevicePolicy;
import tandem.model.EventType;
import tandem.model.RefreshPolicy;
import tandem.model.Session;
import tandem.model.SigningAlgorithm;
import tandem.oauth.ClientId;
import tandem.oauth.GrantType;
import tandem.oauth.SecretHash;
import tandem.page.Languages;
import tandem.page.Pages;
import tandem.page.Theme;
import tandem.scenario.TestClock;
import tandem.secret.SecretKeyFile;
import tandem.store.Events;
import tandem.store.Store;
import tandem.store.sql.SqlStore;
import tandem.store.sql.StoreLimits;
import tandem.web.ClientAddress;
import tandem.web.FormGuard;
import tandem.web.HttpServer;
import tandem.web.Limits;
import tandem.web.Request;
import tandem.web.Response;
import tandem.web.Routes;
import tandem.web.SessionCookie;

/// The way to a provider and back as a browser goes it, over HTTP on both sides.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderPagesTest {
    private static final String ENTRY = "ent_tv";
    private static final String OTHER_ENTRY = "ent_radio";

    private int port;
    private TestProvider provider;
    private Store store;
    private HttpServer server;
    private Surfer browser;

    @BeforeAll
    void startProvider() throws IOException {
        port = ProvidersTest.freePort();
        provider = TestProvider.start(callback());
    }

    @AfterAll
    void endProvider() {
        if (provider != null) {
            provider.close();
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        var random = new SecureRandom();
        var clock = new TestClock();
        clock.forward(Duration.ofMillis(System.currentTimeMillis() - clock.millis()));
        var keys = SecretKeyFile.open(folder.resolve("secret.key"), random);
        var gone =
                TestProvider.connection(
                        "gone", "http://localhost:" + ProvidersTest.freePort(), keys);
        store =
                SqlStore.open(
                        "sqlite:" + folder.resolve("tandem.db"), List.of(), StoreLimits.STANDARD);
        store.write(tx -> {
            tx.registry()
                    .put(
                            new Connection(
                                    "passwords",
                                    Connection.Strategy.PASSWORD,
                                    "Password",
                                    Optional.empty()));
            tx.registry().put(provider.connection("corp", keys));
            tx.registry().put(provider.connection("partner", keys));
            tx.registry().put(gone);
            return true;
        });
        var cookie = new SessionCookie(keys, random, false);
        var issuer = URI.create(at(""));
        var needs =
                new AccountRoom.Needs(
                        store,
                        keys,
                        new Limits(Map.of(), clock),
                        new Passwords(),
                        new BrowserSessions(store, cookie, clock, random),
                        new Screen(
                                store,
                                Pages.in(Theme.STANDARD),
                                Languages.load(),
                                new FormGuard(keys, issuer),
                                false),
                        issuer,
                        clock,
                        random);
        var doing = new Doing();
        var routes = new Routes().area("/", (fault, request, id) -> Response.empty(500));
        var providers = new Providers(store, keys, issuer, clock, random);
        var login = new LoginPages(needs, providers, doing);
        login.routes(routes);
        new ProviderPages(needs, providers, doing, login::page).routes(routes);
        server =
                HttpServer.start(
                        new HttpServer.Settings(
                                "127.0.0.1", port, new ClientAddress(List.of()), e -> false),
                        routes,
                        new Metrics(),
                        random);
        browser = new Surfer();
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    @Test
    void a_person_signs_in_at_the_provider_and_goes_on() {
        var page = browser.get(login(ENTRY));
        assertThat(page.body()).contains("Acme corp", "Acme gone").doesNotContain("Acme partner");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .containsPattern("form-action 'self' [^;]*" + provider.issuer());
        var before = token();
        var departure = departs(page, "corp");
        assertThat(departure.statusCode()).isEqualTo(303);
        var arrival = browser.get(back(departure, "ada"));
        assertThat(arrival.statusCode()).isEqualTo(303);
        assertThat(Surfer.location(arrival)).isEqualTo(URI.create(at("/resumed/" + ENTRY)));
        assertThat(signedIn().orElseThrow().connection()).isEqualTo("corp");
        assertThat(token()).isNotEqualTo(before);
        assertThat(session(before)).isEmpty();
        assertThat(events()).containsExactly(EventType.LOGIN_SUCCEEDED);
    }

    @Test
    void without_a_code_entered_it_goes_on_to_the_persons_page() {
        var departure = departs(browser.get(login("")), "partner");
        var arrival = browser.get(back(departure, "ada"));
        assertThat(Surfer.location(arrival)).isEqualTo(URI.create(at("/account")));
    }

    @Test
    void whoever_is_sent_to_sign_in_again_has_to_there_as_well() {
        var first = departs(browser.get(login(ENTRY)), "corp");
        assertThat(Surfer.location(first)).hasNoParameter("max_age");
        browser.get(back(first, "ada"));
        var again = departs(browser.get(login(ENTRY)), "corp");
        assertThat(Surfer.location(again)).hasParameter("max_age", "0");
    }

    @Test
    void two_tabs_of_one_browser_come_back_each_to_its_own_code() {
        var left = departs(browser.get(login(ENTRY)), "corp");
        var right = departs(browser.get(login(OTHER_ENTRY)), "corp");
        var rightBack = back(right, "ada");
        var leftBack = back(left, "ada");
        assertThat(Surfer.location(browser.get(rightBack)))
                .isEqualTo(URI.create(at("/resumed/" + OTHER_ENTRY)));
        assertThat(Surfer.location(browser.get(leftBack)))
                .isEqualTo(URI.create(at("/resumed/" + ENTRY)));
        assertThat(signedIn()).isPresent();
    }

    @Test
    void another_browsers_callback_signs_nobody_in() {
        var mallory = new Surfer();
        var page = mallory.get(login(ENTRY));
        var back = back(departs(mallory, page, "corp"), "mallory");
        var fresh = browser.get(back);
        assertThat(fresh.statusCode()).isEqualTo(403);
        assertThat(fresh.body()).contains("name=\"password\"");
        browser.get(login(ENTRY));
        var again = mallory.get(login(ENTRY));
        var other = back(departs(mallory, again, "corp"), "mallory");
        assertThat(browser.get(other).statusCode()).isEqualTo(403);
        assertThat(signedIn()).isEmpty();
        assertThat(events()).isEmpty();
    }

    @Test
    void a_callback_called_twice_signs_in_once() {
        var back = back(departs(browser.get(login(ENTRY)), "corp"), "ada");
        assertThat(browser.get(back).statusCode()).isEqualTo(303);
        assertThat(browser.get(back).statusCode()).isEqualTo(403);
        assertThat(events()).hasSize(1);
    }

    @Test
    void a_provider_that_is_down_leaves_the_other_ways() {
        var page = departs(browser.get(login(ENTRY)), "gone");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body())
                .contains(
                        "<bdi>Acme gone</bdi> can’t be reached", "name=\"password\"", "Acme corp");
        assertThat(departs(page, "corp").statusCode()).isEqualTo(303);
    }

    @Test
    void whoever_cancels_is_asked_again() {
        var departure = departs(browser.get(login(ENTRY)), "corp");
        var page = browser.get(Surfer.cancels(Surfer.location(departure), callback()));
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body())
                .contains("<bdi>Acme corp</bdi> didn’t sign you in", "name=\"password\"");
        assertThat(events()).containsExactly(EventType.LOGIN_FAILED);
        assertThat(departs(page, "corp").statusCode()).isEqualTo(303);
    }

    @Test
    void a_provider_the_app_does_not_offer_cannot_be_had() {
        assertThat(departs(browser.get(login(ENTRY)), "partner").statusCode()).isEqualTo(400);
        assertThat(departs(browser.get(login(ENTRY)), "passwords").statusCode()).isEqualTo(400);
        assertThat(departs(browser.get(login("")), "partner").statusCode()).isEqualTo(303);
    }

    @Test
    void a_form_from_elsewhere_begins_nothing() {
        var page = browser.get(login(ENTRY));
        var uri = URI.create(at(ProviderPages.DEPARTURE));
        assertThat(browser.post(uri, "entry", ENTRY, "connection", "corp").statusCode())
                .isEqualTo(403);
        var csrf = Surfer.first(page, "name=\"csrf\" value=\"([^\"]*)\"");
        assertThat(browser.post(uri, "connection", "corp", "csrf", csrf).statusCode())
                .as("a token for another entry")
                .isEqualTo(403);
    }

    private HttpResponse<String> departs(HttpResponse<String> page, String connection) {
        return departs(browser, page, connection);
    }

    private HttpResponse<String> departs(Surfer who, HttpResponse<String> page, String connection) {
        var csrf = Surfer.first(page, "name=\"csrf\" value=\"([^\"]*)\"");
        var entry =
                page.body().contains("name=\"entry\"")
                        ? Surfer.first(page, "name=\"entry\" value=\"([^\"]*)\"")
                        : "";
        var uri = URI.create(at(ProviderPages.DEPARTURE));
        return who.post(uri, "csrf", csrf, "entry", entry, "connection", connection);
    }

    private URI back(HttpResponse<String> departure, String login) {
        return Surfer.signsIn(Surfer.location(departure), login, callback());
    }

    private String token() {
        return browser.cookies().getOrDefault("tandem", "");
    }

    private Optional<Session> session(String token) {
        return store.read(tx -> tx.sessions().byToken(SecretHash.sha256(token)));
    }

    private Optional<Session.SignedIn> signedIn() {
        return session(token()).flatMap(Session::signedIn);
    }

    private List<EventType> events() {
        return store.read(tx -> tx.events().after(0, Events.Filter.ALL, 100)).stream()
                .map(logged -> logged.event().type())
                .toList();
    }

    private URI login(String entry) {
        return URI.create(at("/login?entry=" + entry));
    }

    private String callback() {
        return at(Providers.CALLBACK);
    }

    private String at(String path) {
        return "http://localhost:" + port + path;
    }

    /// Two codes entered on two devices: one app offers everything but the partner, one all.
    private static final class Doing implements Continuation {

        @Override
        public Optional<Asked> asked(Request request, BrowserSessions.Visit visit, String entry) {
            return switch (entry) {
                case ENTRY ->
                        Optional.of(asked("tv", Optional.of(List.of("passwords", "corp", "gone"))));
                case OTHER_ENTRY -> Optional.of(asked("radio", Optional.empty()));
                default -> Optional.empty();
            };
        }

        @Override
        public Response signedIn(Request request, BrowserSessions.Visit visit, String entry) {
            throw new AssertionError("a callback may not approve");
        }

        @Override
        public Response resume(String entry) {
            return Response.seeOther("/resumed/" + entry);
        }

        private static Asked asked(String id, Optional<List<String>> connections) {
            var client =
                    new Client(
                            new ClientId(id),
                            "Acme " + id,
                            "native",
                            true,
                            true,
                            ClientAuthenticationMethod.NONE,
                            Optional.empty(),
                            List.of(),
                            Set.of(GrantType.DEVICE_CODE),
                            RefreshPolicy.STANDARD,
                            DevicePolicy.STANDARD,
                            SigningAlgorithm.RS256,
                            Client.ID_TOKEN_LIFETIME,
                            List.of(),
                            connections,
                            Optional.empty());
            return new Asked(client, true);
        }
    }
}
