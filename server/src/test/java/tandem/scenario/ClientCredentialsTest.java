package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.ClientGrant;
import tandem.oauth.ClientId;
import tandem.oauth.GrantType;
import tandem.oauth.Scopes;

/// A client that acts for itself: [RFC 6749
/// §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4).
@TestInstance(Lifecycle.PER_CLASS)
class ClientCredentialsTest {
    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
        grant("printer");
        grant("tv");
        tandem.changeClient("printer", c -> Changed.grants(c, Set.of(GrantType.values())));
        tandem.changeClient("tv", c -> Changed.grants(c, Set.of(GrantType.values())));
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private void grant(String client) {
        var scopes = Scopes.of("read:library", "write:library");
        tandem.server()
                .store()
                .write(tx -> {
                    tx.registry()
                            .put(
                                    new ClientGrant(
                                            "cgr_" + client,
                                            new ClientId(client),
                                            TestTandem.API,
                                            scopes));
                    return true;
                });
    }

    private static String[] form(String... more) {
        var grant = Stream.of("grant_type", "client_credentials");
        return Stream.concat(grant, Stream.of(more)).toArray(String[]::new);
    }

    private Answer asks(String... parameters) {
        return tandem.http()
                .basic("printer", TestTandem.SECRET)
                .post("/oauth/token", form(parameters));
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.error()).as(answer.body()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void the_token_is_the_clients_own_and_nothing_comes_with_it() {
        for (var name : new String[] {"audience", "resource"}) {
            var answer = asks(name, TestTandem.API, "scope", "read:library");

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().propertyNames())
                    .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope");
            var claims = answer.claims("access_token");
            assertThat(claims.path("sub").asString()).isEqualTo("printer@clients");
            assertThat(claims.path("client_id").asString()).isEqualTo("printer");
            assertThat(claims.path("aud").asString()).isEqualTo(TestTandem.API);
            assertThat(claims.path("scope").asString()).isEqualTo("read:library");
        }
    }

    @Test
    void without_a_scope_it_has_all_of_the_client_grant_and_says_so() {
        assertThat(asks("audience", TestTandem.API).text("scope"))
                .isEqualTo("read:library write:library");
        assertRefused(
                asks("audience", TestTandem.API, "scope", "read:library openid"),
                400,
                "invalid_scope");
    }

    @Test
    void a_public_client_cannot_act_for_itself() {
        var answer =
                tandem.http()
                        .post("/oauth/token", form("client_id", "tv", "audience", TestTandem.API));
        assertRefused(answer, 400, "unauthorized_client");
    }

    @Test
    void the_client_has_to_authenticate() {
        var bare = form("client_id", "printer", "audience", TestTandem.API);
        assertRefused(tandem.http().post("/oauth/token", bare), 401, "invalid_client");
        var wrong = tandem.http().basic("printer", "wrong");
        assertRefused(
                wrong.post("/oauth/token", form("audience", TestTandem.API)),
                401,
                "invalid_client");
    }

    @Test
    void an_api_that_was_not_granted_is_refused_and_so_are_two() {
        assertRefused(asks("audience", TestTandem.PHOTOS), 400, "unauthorized_client");
        assertRefused(asks("audience", "https://unknown.example/"), 400, "invalid_target");
        assertRefused(
                asks("resource", TestTandem.API, "resource", TestTandem.PHOTOS),
                400,
                "invalid_target");
        assertRefused(asks(), 400, "invalid_request");
    }
}
