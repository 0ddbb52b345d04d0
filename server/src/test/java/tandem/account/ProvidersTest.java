package tandem.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tandem.account.Providers.Arrival;
import tandem.account.Providers.Departure;
import tandem.metric.Metrics;
import tandem.model.Account;
import tandem.model.Connection;
import tandem.model.Origin;
import tandem.model.Session;
import tandem.model.Trip;
import tandem.oauth.SecretHash;
import tandem.scenario.TestClock;
import tandem.secret.SecretKeyFile;
import tandem.secret.SecretKeys;
import tandem.store.Store;
import tandem.store.sql.SqlStore;
import tandem.store.sql.StoreLimits;
import tandem.web.ClientAddress;
import tandem.web.Form;
import tandem.web.HttpServer;
import tandem.web.Response;
import tandem.web.Routes;

/// Trips to a real provider and back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProvidersTest {
    private static final Optional<String> ENTRY = Optional.of("ent_one");

    private final AtomicReference<Form> brought = new AtomicReference<>(Form.EMPTY);
    private HttpServer landing;
    private String callback;
    private TestProvider provider;

    private TestClock clock;
    private SecretKeys keys;
    private Store store;
    private Providers providers;
    private Connection corp;
    private Session session;

    @BeforeAll
    void startProvider() throws IOException {
        var routes = new Routes().area("/", (fault, request, id) -> Response.empty(404));
        routes.get(
                Providers.CALLBACK,
                request -> {
                    brought.set(request.query().orElseThrow());
                    return Response.empty(204);
                });
        landing =
                HttpServer.start(
                        new HttpServer.Settings(
                                "127.0.0.1", 0, new ClientAddress(List.of()), e -> false),
                        routes,
                        new Metrics(),
                        new SecureRandom());
        callback = issuer() + Providers.CALLBACK;
        provider = TestProvider.start(callback);
    }

    @AfterAll
    void endProvider() {
        if (provider != null) {
            provider.close();
        }
        landing.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        var random = new SecureRandom();
        clock = new TestClock();
        clock.forward(Duration.ofMillis(System.currentTimeMillis() - clock.millis()));
        keys = SecretKeyFile.open(folder.resolve("secret.key"), random);
        store =
                SqlStore.open(
                        "sqlite:" + folder.resolve("tandem.db"), List.of(), StoreLimits.STANDARD);
        providers = new Providers(store, keys, URI.create(issuer()), clock, random);
        corp = provider.connection("corp", keys);
        session = session("ses_one");
        store.write(tx -> {
            tx.registry().put(corp);
            return true;
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_person_comes_back_signed_in_to_an_account_of_their_own() {
        var person = arrivesAs("ada");
        assertThat(person.entry()).isEqualTo(ENTRY);
        assertThat(person.connection()).isEqualTo(corp);
        assertThat(person.authentication().amr()).containsExactly("fed");
        assertThat(person.authentication().at()).isEqualTo(clock.instant());
        var account = person.account();
        assertThat(account.provider())
                .contains(new Account.ProviderIdentity(provider.issuer(), "ada", "corp"));
        assertThat(account.name()).contains("ada of the provider");
        assertThat(account.email()).contains("ada@example.com");
        assertThat(account.emailVerified()).isTrue();
        assertThat(account.password()).isEmpty();
    }

    @Test
    void the_same_person_finds_the_same_account_again() {
        var first = arrivesAs("ada").account();
        assertThat(arrivesAs("ada").account()).isEqualTo(first);
        assertThat(store.<Long>read(tx -> tx.accounts().count())).isOne();
    }

    @Test
    void an_account_with_the_same_address_stays_another_persons() {
        var here = account("usr_here", Optional.of("Ada@Example.com"));
        store.write(tx -> tx.accounts().add(here));
        var came = arrivesAs("ada").account();
        assertThat(came.userId()).isNotEqualTo(here.userId());
        assertThat(came.email()).isEmpty();
        assertThat(came.emailVerified()).isFalse();
    }

    @Test
    void an_address_that_the_provider_has_not_verified_is_not_kept() {
        assertThat(arrivesAs("unverified").account().email()).isEmpty();
    }

    @Test
    void a_blocked_person_stays_outside() {
        var account = arrivesAs("ada").account();
        store.write(tx -> tx.accounts().save(account.withBlocked(true, clock.instant())));
        assertThat(arrives(Surfer.signsIn(departs(), "ada", callback)))
                .isEqualTo(new Arrival.Failed(corp, ENTRY));
    }

    @Test
    void two_tabs_come_back_each_to_what_it_was_doing() {
        var left = departs(session, Optional.of("ent_left"));
        var right = departs(session, Optional.of("ent_right"));
        var rightBack = Surfer.signsIn(right, "ada", callback);
        var leftBack = Surfer.signsIn(left, "ada", callback);
        assertThat(arrives(leftBack))
                .isInstanceOfSatisfying(
                        Arrival.Person.class, p -> assertThat(p.entry()).contains("ent_left"));
        assertThat(arrives(rightBack))
                .isInstanceOfSatisfying(
                        Arrival.Person.class, p -> assertThat(p.entry()).contains("ent_right"));
    }

    @Test
    void a_state_nobody_gave_out_leads_nowhere() {
        var back = Surfer.signsIn(departs(), "ada", callback).toString();
        var forged = URI.create(back.replaceFirst("state=[^&]*", "state=made-up"));
        assertThat(arrives(forged)).isEqualTo(new Arrival.Expired(Optional.empty()));
        assertThat(arrives(URI.create(callback))).isInstanceOf(Arrival.Expired.class);
        assertThat(arrives(URI.create(back))).isInstanceOf(Arrival.Person.class);
    }

    @Test
    void a_callback_is_good_once() {
        var back = Surfer.signsIn(departs(), "ada", callback);
        assertThat(arrives(back)).isInstanceOf(Arrival.Person.class);
        assertThat(arrives(back)).isEqualTo(new Arrival.Expired(Optional.empty()));
    }

    @Test
    void nobody_is_signed_in_by_another_browsers_callback() {
        var back = Surfer.signsIn(departs(), "mallory", callback);
        assertThat(arrives(back, session("ses_two")))
                .isEqualTo(new Arrival.Expired(Optional.empty()));
        assertThat(store.<Long>read(tx -> tx.accounts().count())).isZero();
    }

    @Test
    void a_trip_can_take_too_long() {
        var back = Surfer.signsIn(departs(), "ada", callback);
        clock.forward(Trip.LIFETIME_MAX);
        assertThat(arrives(back)).isEqualTo(new Arrival.Expired(ENTRY));
    }

    @Test
    void whoever_cancels_at_the_provider_is_not_signed_in() {
        var back = Surfer.cancels(departs(), callback);
        assertThat(back.getQuery()).contains("error=access_denied");
        assertThat(arrives(back)).isEqualTo(new Arrival.Failed(corp, ENTRY));
    }

    @Test
    void an_answer_in_another_providers_name_is_not_believed() {
        var back = Surfer.signsIn(departs(), "ada", callback).toString();
        assertThat(back).contains("iss=");
        var other = back.replaceFirst("iss=[^&]*", "iss=https%3A%2F%2Fother.example");
        assertThat(arrives(URI.create(other))).isEqualTo(new Arrival.Failed(corp, ENTRY));
        var without = Surfer.signsIn(departs(), "ada", callback).toString();
        assertThat(arrives(URI.create(without.replaceFirst("&iss=[^&]*", ""))))
                .isEqualTo(new Arrival.Failed(corp, ENTRY));
    }

    @Test
    void a_code_of_another_trip_is_refused() {
        var mine = Surfer.signsIn(departs(), "ada", callback).toString();
        var others = Surfer.signsIn(departs(), "mallory", callback).getQuery();
        var code = others.replaceFirst(".*code=([^&]*).*", "$1");
        var mixed = URI.create(mine.replaceFirst("code=[^&]*", "code=" + code));
        assertThat(arrives(mixed)).isEqualTo(new Arrival.Failed(corp, ENTRY));
    }

    @Test
    void whoever_must_sign_in_anew_does_and_it_is_known_when() {
        var asked = departsAnew();
        assertThat(asked).hasParameter("max_age", "0");
        var arrival = arrives(Surfer.signsIn(asked, "ada", callback));
        assertThat(arrival)
                .isInstanceOfSatisfying(
                        Arrival.Person.class,
                        person ->
                                assertThat(person.authentication().at())
                                        .isBetween(
                                                clock.instant().minusSeconds(1), clock.instant()));
    }

    @Test
    void a_browser_that_leaves_the_demand_to_sign_in_anew_behind_is_not_signed_in() {
        var asked = departsAnew().toString();
        var stripped = URI.create(asked.replaceFirst("&?max_age=0", ""));
        assertThat(stripped).hasNoParameter("max_age");
        assertThat(arrives(Surfer.signsIn(stripped, "ada", callback)))
                .isEqualTo(new Arrival.Failed(corp, ENTRY));
    }

    @Test
    void a_provider_that_is_down_is_said_to_be() throws IOException {
        var gone = TestProvider.connection("gone", "http://localhost:" + freePort(), keys);
        assertThat(providers.begin(session, gone, ENTRY, false)).isEqualTo(new Departure.Down());
        assertThat(arrivesAs("ada").connection()).isEqualTo(corp);
    }

    @Test
    void a_provider_can_go_down_while_somebody_is_there() throws IOException {
        Connection connection;
        URI back;
        try (var passing = TestProvider.start(callback)) {
            connection = passing.connection("corp", keys);
            store.write(tx -> {
                tx.registry().put(connection);
                return true;
            });
            var departure = (Departure.To) providers.begin(session, connection, ENTRY, false);
            back = Surfer.signsIn(departure.location(), "ada", callback);
        }
        assertThat(arrives(back)).isEqualTo(new Arrival.Down(connection, ENTRY));
    }

    @Test
    void forms_may_lead_to_the_providers_and_nowhere_else() {
        var other = TestProvider.connection("other", "https://idp.example/tenant", keys);
        assertThat(providers.formTargets(List.of(corp, other)))
                .isEqualTo(provider.issuer() + " https://idp.example");
    }

    @Test
    void what_the_browser_carries_tells_no_secret() {
        var asked = departs().toString();
        assertThat(asked)
                .contains("code_challenge_method=S256", "response_type=code", "nonce=")
                .contains("scope=openid+profile+email")
                .doesNotContain("code_verifier", "secret");
        var state = asked.replaceFirst(".*[?&]state=([^&]*).*", "$1");
        var trip = store.write(tx -> tx.trips().take(SecretHash.sha256(state))).orElseThrow();
        assertThat(trip.session()).isEqualTo(session.id());
        assertThat(trip.connection()).isEqualTo("corp");
    }

    private Arrival.Person arrivesAs(String login) {
        var arrival = arrives(Surfer.signsIn(departs(), login, callback));
        assertThat(arrival).isInstanceOf(Arrival.Person.class);
        return (Arrival.Person) arrival;
    }

    private URI departs() {
        return departs(session, ENTRY);
    }

    private URI departsAnew() {
        return ((Departure.To) providers.begin(session, corp, ENTRY, true)).location();
    }

    private URI departs(Session from, Optional<String> entry) {
        var departure = providers.begin(from, corp, entry, false);
        assertThat(departure).isInstanceOf(Departure.To.class);
        return ((Departure.To) departure).location();
    }

    private Arrival arrives(URI back) {
        return arrives(back, session);
    }

    private Arrival arrives(URI back, Session browser) {
        assertThat(new Surfer().get(back).statusCode()).isEqualTo(204);
        return providers.arrive(brought.get(), browser);
    }

    private Session session(String id) {
        var now = clock.instant();
        return new Session(
                id, SecretHash.sha256(id), Optional.empty(), now, now, new Origin("127.0.0.1", ""));
    }

    private Account account(String userId, Optional<String> email) {
        var now = clock.instant();
        return new Account(
                userId,
                email,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                now,
                now);
    }

    private String issuer() {
        return "http://localhost:" + landing.port();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
