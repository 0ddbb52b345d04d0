package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Users and clients through the Management API, and what each change does to their devices.
class ManagedUsersTest {
    private static final String USERS = "/api/v2/users";
    private static final String ADA = USERS + "/usr_ada";
    private static final String TV = "/api/v2/clients/tv";

    private TestTandem tandem;

    @BeforeEach
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterEach
    void stop() {
        tandem.close();
    }

    private Http users() {
        return tandem.operator("read:users", "create:users", "update:users", "delete:users");
    }

    private Http clients() {
        return tandem.operator("read:clients", "update:clients");
    }

    @Test
    void a_user_is_made_signs_in_and_is_read_without_the_password() {
        var made =
                users().json(
                                "POST",
                                USERS,
                                """
                                {"email": "Grace@Example.com", "name": "Grace", "connection": "passwords",
                                 "password": "nanoseconds-in-a-wire"}
                                """);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).doesNotContain("nanoseconds", "argon2");
        var tv = tandem.television();
        tandem.browser().approves(tv, "grace@example.com", "nanoseconds-in-a-wire");
        assertThat(tv.polls().claims("access_token").path("sub").asString())
                .isEqualTo(made.text("user_id"));
        var read = users().get(USERS + "/" + made.text("user_id"));
        assertThat(read.text("email")).isEqualTo("Grace@Example.com");
        assertThat(read.json().path("blocked").booleanValue()).isFalse();
        assertThat(users().get(USERS + "?email=GRACE@example.com").json().size()).isEqualTo(1);
        assertThat(users().get(USERS + "?include_totals=true").json().path("total").intValue())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | email",
                "{\"email\": \"nobody\"} | email",
                "{\"email\": \"x@example.com\", \"password\": \"short\"} | password",
                "{\"email\": \"x@example.com\", \"nmae\": \"X\"} | nmae",
                "{\"email\": \"x@example.com\", \"operator\": true} | operator",
                "{\"email\": \"x@example.com\", \"connection\": \"nowhere\"} | connection",
                "{\"email\": \"x@example.com\", \"blocked\": 1e400} | blocked",
                "{\"email\": \"x@example.com\", \"name\": \"a\\u202eb\"} | name"
            })
    void a_wrong_member_is_named_and_nobody_is_made(String body, String member) {
        var answer = users().json("POST", USERS, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("errorCode")).isEqualTo("invalid_body");
        assertThat(answer.text("message")).startsWith(member);
        assertThat(users().get(USERS).json().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"email\":\"a@b.c\",\"email\":\"d@e.f\"}", "{} {}"})
    void what_is_no_json_object_is_refused(String body) {
        assertThat(users().json("POST", USERS, body).text("errorCode")).isEqualTo("invalid_body");
    }

    @Test
    void deep_nesting_and_forms_are_refused() {
        var deep = "[".repeat(30_000) + "]".repeat(30_000);
        assertThat(users().json("POST", USERS, deep).status()).isEqualTo(400);
        var form = users().post(USERS, "email", "x@example.com");
        assertThat(form.text("message")).contains("application/json");
    }

    @Test
    void two_users_cannot_have_one_address() {
        var taken = users().json("POST", USERS, "{\"email\": \"ADA@example.com\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("errorCode")).isEqualTo("user_exists");
        var moved = users().json("PATCH", ADA, "{\"email\": \"bob@example.com\"}");
        assertThat(moved.status()).isEqualTo(409);
        assertThat(users().get(ADA).text("email")).isEqualTo(TestTandem.EMAIL);
    }

    @Test
    void blocking_bites_at_once_and_unblocking_lets_the_links_live_again() {
        var tv = tandem.linkedTelevision();
        var access = tv.refreshes().text("access_token");
        assertThat(users().json("PATCH", ADA, "{\"blocked\": true}").status()).isEqualTo(200);
        assertThat(tv.refreshes().error()).isEqualTo("invalid_grant");
        assertThat(tandem.http().bearer(access).get("/userinfo").status()).isEqualTo(401);
        users().json("PATCH", ADA, "{\"blocked\": false}");
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void blocking_between_approval_and_redemption_refuses_the_redemption() {
        var tv = tandem.television();
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        users().json("PATCH", ADA, "{\"blocked\": true}");
        assertThat(tv.polls().status()).isEqualTo(400);
    }

    @Test
    void a_blocked_person_is_not_let_on_by_an_open_session() {
        var browser = tandem.browser().opens("/account");
        browser.submits("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD);
        users().json("PATCH", ADA, "{\"blocked\": true}");
        assertThat(browser.opens("/account").page().asks("/login")).isTrue();
        var tv = tandem.television();
        browser.enters(tv.userCode()).confirms();
        assertThat(tv.polls().error()).isIn("authorization_pending", "access_denied");
    }

    @Test
    void whoever_is_blocked_in_the_midst_of_consent_begins_again_and_connects_nothing() {
        var radio = tandem.device("radio", "scope", "offline_access");
        var browser = tandem.browser().enters(radio.userCode()).confirms();
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.page().asks("/activate/consent")).isTrue();
        users().json("PATCH", ADA, "{\"blocked\": true}");
        assertThat(browser.allows().page().heading()).isEqualTo("Connect a device");
        assertThat(radio.polls().error()).isEqualTo("authorization_pending");
    }

    @Test
    void a_change_touches_only_what_it_names_and_is_told_without_values() {
        var changed = users().json("PATCH", ADA, "{\"name\": \"Ada King\"}");
        assertThat(changed.text("name")).isEqualTo("Ada King");
        assertThat(changed.text("email")).isEqualTo(TestTandem.EMAIL);
        assertThat(users().json("PATCH", ADA, "{\"name\": null}").json().has("name")).isFalse();
        var told = tandem.operator("read:logs").get("/api/v2/logs?event=admin.changed");
        var details = told.json().path(1).path("details");
        assertThat(details.path("by").asString()).isEqualTo("ops");
        assertThat(details.path("what").asString()).isEqualTo("update:users");
        assertThat(details.path("members").asString()).isEqualTo("name");
        assertThat(told.body()).doesNotContain("Ada King");
        assertThat(users().json("PATCH", USERS + "/usr_no", "{}").status()).isEqualTo(404);
    }

    @Test
    void a_new_password_ends_the_sessions_and_leaves_the_devices() {
        var tv = tandem.linkedTelevision();
        var browser = tandem.browser().opens("/account");
        browser.submits("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD);
        users().json("PATCH", ADA, "{\"password\": \"another-long-password\"}");
        assertThat(browser.opens("/account").page().asks("/login")).isTrue();
        browser.submits("/login", "email", TestTandem.EMAIL, "password", "another-long-password");
        assertThat(browser.page().heading()).isEqualTo("Your devices");
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void deleting_a_user_ends_sessions_codes_and_links_and_keeps_the_events() {
        var linked = tandem.linkedTelevision();
        var approved = tandem.television();
        var browser = tandem.browser().approves(approved, TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(users().json("DELETE", ADA, "").status()).isEqualTo(204);
        assertThat(users().json("DELETE", ADA, "").status()).isEqualTo(404);
        var devices = tandem.operator("read:device_credentials");
        assertThat(devices.get("/api/v2/device-credentials").json().size()).isZero();
        assertThat(linked.refreshes().error()).isEqualTo("invalid_grant");
        assertThat(approved.polls().status()).isEqualTo(400);
        assertThat(browser.opens("/account").page().asks("/login")).isTrue();
        var told = tandem.operator("read:logs").get("/api/v2/logs?user_id=usr_ada&take=1");
        assertThat(told.json().size()).isPositive();
    }

    @Test
    void an_app_that_is_switched_off_is_refused_and_comes_back() {
        var tv = tandem.linkedTelevision();
        var access = tv.refreshes().text("access_token");
        assertThat(clients().json("PATCH", TV, "{\"enabled\": false}").status()).isEqualTo(200);
        assertThat(tv.refreshes().error()).isEqualTo("invalid_client");
        assertThat(tandem.television().codes().error()).isEqualTo("invalid_client");
        assertThat(tandem.http().bearer(access).get("/userinfo").status()).isEqualTo(401);
        clients().json("PATCH", TV, "{\"enabled\": true}");
        assertThat(tv.refreshes().status()).isEqualTo(200);
    }

    @Test
    void the_device_flow_can_be_taken_from_an_app() {
        var answer = clients().json("PATCH", TV, "{\"grant_types\": [\"refresh_token\"]}");
        assertThat(answer.json().path("grant_types").size()).isEqualTo(1);
        assertThat(tandem.television().codes().error()).isEqualTo("unauthorized_client");
        assertThat(answer.json().path("name").asString()).isEqualTo("Acme TV");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"\"} | name",
                "{\"grant_types\": [\"password\"]} | grant_types[0]",
                "{\"client_secret\": \"a-long-secret\"} | client_secret",
                "{\"token_endpoint_auth_method\": \"client_secret_post\"} | client_secret",
                "{\"web_origins\": [\"*\"]} | web_origins[0]",
                "{\"client_id\": \"other\"} | client_id",
                "{\"refresh_token\": {\"idle_token_lifetime\": 9999999}} | refresh_token",
                "{\"colour\": \"red\"} | colour"
            })
    void a_wrong_change_of_an_app_is_named_and_changes_nothing(String patch, String member) {
        var before = clients().get(TV).body();
        var answer = clients().json("PATCH", TV, patch);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("message")).startsWith(member);
        assertThat(clients().get(TV).body()).isEqualTo(before);
    }

    @Test
    void a_secret_is_written_counts_and_is_never_read() {
        var patch =
                "{\"token_endpoint_auth_method\": \"client_secret_post\","
                        + " \"client_secret\": \"a-brand-new-secret\"}";
        var answer = clients().json("PATCH", TV, patch);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("a-brand-new-secret", "\"client_secret\"");
        assertThat(tandem.device("tv").codes().error()).isEqualTo("invalid_client");
        assertThat(tandem.device("tv", "client_secret", "a-brand-new-secret").codes().status())
                .isEqualTo(200);
        assertThat(clients().get("/api/v2/clients").body()).doesNotContain("secret\":");
        assertThat(clients().get("/api/v2/clients/nobody").status()).isEqualTo(404);
    }
}
