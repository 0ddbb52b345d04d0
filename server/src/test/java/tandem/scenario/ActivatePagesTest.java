package tandem.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.model.DevicePolicy;
import tandem.model.NetworkPolicy;

/// The pages on which a person enters, confirms and decides.
@TestInstance(Lifecycle.PER_CLASS)
class ActivatePagesTest {
    private static final String BAD = "That code isn’t valid";

    private TestTandem tandem;

    @BeforeAll
    void start(@TempDir Path folder) {
        tandem = TestTandem.in(folder);
    }

    @AfterAll
    void stop() {
        tandem.close();
    }

    private TestBrowser approves(TestDevice device) {
        return tandem.browser().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
    }

    private void assertPending(TestDevice device) {
        assertThat(device.after(Duration.ofSeconds(60)).polls().error())
                .isEqualTo("authorization_pending");
    }

    @Test
    void the_first_page_has_one_form_and_is_kept_by_no_cache() {
        var page = tandem.browser().page();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.hidden("/activate")).containsKey("csrf");
        assertThat(page.body()).contains("<html lang=\"en\"");
    }

    @Test
    void every_page_is_protected_by_its_headers() {
        var tv = tandem.television();
        var browser = tandem.browser();
        var pages = new ArrayList<Answer>(List.of(browser.page()));
        pages.add(browser.enters("BBBB-BBBB").page());
        pages.add(browser.enters(tv.userCode()).page());
        pages.add(browser.confirms().page());
        pages.add(browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD).page());
        pages.add(browser.opens("/account").page());
        pages.add(browser.opens("/nowhere").page());
        assertThat(pages)
                .allSatisfy(page -> {
                    var policy = page.header("Content-Security-Policy").orElse("");
                    assertThat(policy)
                            .contains("frame-ancestors 'none'", "default-src 'none'")
                            .doesNotContain("unsafe-inline");
                    assertThat(page.header("X-Frame-Options")).contains("DENY");
                    assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
                    assertThat(page.header("Referrer-Policy")).contains("same-origin");
                    assertThat(page.header("Cache-Control")).contains("no-store");
                    assertThat(page.body()).doesNotContain("src=\"http", "href=\"http");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"as shown", "lower", "no dash", "spaces", "dots", "blanks around"})
    void understands_the_code_however_it_is_typed(String how) {
        var tv = tandem.television();
        var code = tv.userCode();
        var typed =
                switch (how) {
                    case "lower" -> code.toLowerCase(java.util.Locale.ROOT);
                    case "no dash" -> code.replace("-", "");
                    case "spaces" -> String.join(" ", code.replace("-", "").split(""));
                    case "dots" -> code.replace("-", "·.");
                    case "blanks around" -> "  " + code + "\t ";
                    default -> code;
                };
        var page = tandem.browser().enters(typed).page();
        assertThat(page.heading()).isEqualTo("Is this the code on your device?");
        assertThat(page.plain()).contains(code);
    }

    @Test
    void says_the_same_of_every_kind_of_bad_code() {
        var unknown = tandem.browser().enters("BBBB-BBBB").page();
        assertThat(unknown.plain()).contains(BAD);
        var denied = tandem.television();
        tandem.browser().enters(denied.userCode()).declines();
        var used = tandem.linkedTelevision();
        var expired = tandem.television().after(Duration.ofSeconds(601));
        for (var device : List.of(denied, used, expired)) {
            var page = tandem.browser().enters(device.userCode()).page();
            assertThat(page.status()).isEqualTo(unknown.status());
            assertThat(page.plain()).contains(BAD);
        }
    }

    @Test
    void the_complete_uri_leads_to_the_confirm_page_and_approves_nothing() {
        var tv = tandem.television();
        tv.polls();
        var browser = approves(tandem.television());
        var path = tv.codes().text("verification_uri_complete").substring(tandem.issuer().length());
        browser.opens(path);
        assertThat(browser.page().heading()).isEqualTo("Is this the code on your device?");
        assertThat(browser.page().response().uri().toString()).doesNotContain("user_code");
        assertPending(tv);
    }

    @Test
    void the_confirm_page_says_what_is_asking_and_warns() {
        var tv =
                tandem.device(
                        "radio",
                        "scope",
                        "openid offline_access read:library",
                        "audience",
                        TestTandem.API,
                        "device_name",
                        "Living-room TV",
                        "device_model",
                        "Model X");
        tv.after(Duration.ofSeconds(40));
        var text = tandem.browser().enters(tv.userCode()).page().plain();
        assertThat(text)
                .contains(tv.userCode(), "Other Radio", "127.0.0.1", "40 seconds ago")
                .contains("Living-room TV", "Model X", "See what you have watched")
                .contains("Only continue if you started this yourself")
                .contains("Yes, it’s my device", "No, I didn’t start this");
    }

    @Test
    void shows_hostile_names_as_text() {
        tandem.changeClient(
                "radio",
                c ->
                        new tandem.model.Client(
                                c.id(),
                                "<script>alert(1)</script>\u202Eevil",
                                c.appType(),
                                c.firstParty(),
                                true,
                                c.authenticationMethod(),
                                c.secret(),
                                c.publicKeys(),
                                c.grantTypes(),
                                c.refreshToken(),
                                c.deviceAuthorization(),
                                c.idTokenAlgorithm(),
                                c.idTokenLifetime(),
                                c.webOrigins(),
                                c.connections(),
                                c.logo()));
        var page = tandem.browser().enters(tandem.device("radio").userCode()).page();
        assertThat(page.body()).doesNotContain("<script>alert").contains("&lt;script");
        assertThat(page.body()).contains("<bdi>");
    }

    @Test
    void declining_reaches_the_device_and_is_noted() {
        var tv = tandem.television();
        var page = tandem.browser().enters(tv.userCode()).declines().page();
        assertThat(page.heading()).isEqualTo("Nothing was connected");
        assertThat(tv.polls().error()).isEqualTo("access_denied");
    }

    @Test
    void only_our_own_form_of_this_session_about_this_entry_decides() {
        var tv = tandem.television();
        var other = tandem.television();
        var browser = tandem.browser().enters(tv.userCode());
        var own = browser.page().hidden("/activate/confirm");
        var stranger = tandem.browser().enters(other.userCode());
        var foreign = stranger.page().hidden("/activate/confirm");
        var entry = own.getOrDefault("entry", "");

        assertThat(browser.post("/activate/confirm", "csrf", "", "answer", "yes").status())
                .as("without a token")
                .isEqualTo(403);
        assertThat(
                        browser.post(
                                        "/activate/confirm",
                                        "csrf",
                                        foreign.getOrDefault("csrf", ""),
                                        "answer",
                                        "yes")
                                .status())
                .as("another session's token")
                .isEqualTo(403);
        assertThat(stranger.post("/activate/confirm", "entry", entry, "answer", "yes").status())
                .as("another session's entry")
                .isEqualTo(403);
        assertThat(
                        tandem.http()
                                .post(
                                        "/activate/confirm",
                                        "entry",
                                        entry,
                                        "csrf",
                                        own.getOrDefault("csrf", ""),
                                        "answer",
                                        "yes")
                                .status())
                .as("without the cookie")
                .isEqualTo(403);
        assertThat(browser.get("/activate/confirm?entry=" + entry + "&answer=yes").status())
                .as("a GET shows")
                .isEqualTo(200);
        assertPending(tv);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void refuses_forms_that_come_from_elsewhere(String header) {
        var tv = tandem.television();
        var browser = tandem.browser().enters(tv.userCode());
        var fields = browser.page().hidden("/activate/confirm");
        var parts = header.split(": ", 2);
        var cookie = browser.cookies().entrySet().iterator().next();
        var answer =
                tandem.http()
                        .with("Cookie", cookie.getKey() + "=" + cookie.getValue())
                        .with(parts[0], parts[1])
                        .post(
                                "/activate/confirm",
                                "entry",
                                fields.getOrDefault("entry", ""),
                                "csrf",
                                fields.getOrDefault("csrf", ""),
                                "answer",
                                "no");
        assertThat(answer.status()).isEqualTo(403);
        assertPending(tv);
    }

    @Test
    void a_page_copied_to_another_browser_shows_nothing() {
        var tv = tandem.television();
        var browser = tandem.browser().enters(tv.userCode());
        var entry = browser.page().hidden("/activate/confirm").get("entry");
        var other = tandem.browser().opens("/activate/confirm?entry=" + entry);
        assertThat(other.page().heading()).isEqualTo("Connect a device");
    }

    @Test
    void a_made_up_cookie_is_not_adopted() {
        var answer = tandem.http().with("Cookie", "tandem=made-up").get("/activate");
        assertThat(answer.header("Set-Cookie").orElse(""))
                .startsWith("tandem=")
                .doesNotContain("made-up");
        assertThat(answer.header("Set-Cookie").orElse("")).contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void the_session_changes_at_sign_in_and_the_old_one_is_dead() {
        var tv = tandem.television();
        var browser = tandem.browser().enters(tv.userCode()).confirms();
        var before = browser.cookies().get("tandem");
        browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        assertThat(browser.cookies().get("tandem")).isNotEqualTo(before);
        var old = tandem.http().with("Cookie", "tandem=" + before).get("/account");
        assertThat(old.status()).isEqualTo(303);
        assertThat(old.location()).isEqualTo("/login");
    }

    @Test
    void the_confirm_step_stands_before_every_device_however_often_one_has_agreed() {
        var browser = approves(tandem.television());
        var second = tandem.television();
        browser.enters(second.userCode());
        assertThat(browser.page().heading()).isEqualTo("Is this the code on your device?");
        assertPending(second);
        browser.confirms();
        assertThat(browser.page().heading()).contains("Almost there");
        assertThat(second.polls().status()).isEqualTo(200);
    }

    @Test
    void the_done_page_tells_its_session_alone_when_the_device_is_in() {
        var tv = tandem.television();
        var browser = approves(tv);
        var entry = browser.page().response().uri().getQuery().substring("entry=".length());
        assertThat(browser.get("/activate/status?entry=" + entry).text("state"))
                .isEqualTo("approved");
        tv.polls();
        assertThat(browser.get("/activate/status?entry=" + entry).text("state"))
                .isEqualTo("redeemed");
        assertThat(browser.opens("/activate/done?entry=" + entry).page().heading())
                .isEqualTo("Acme TV is connected");
        assertThat(tandem.http().get("/activate/status?entry=" + entry).status()).isEqualTo(404);
    }

    @Test
    void back_and_again_changes_nothing() {
        var tv = tandem.television();
        var browser = tandem.browser().enters(tv.userCode());
        var confirm = browser.page().hidden("/activate/confirm");
        browser.confirms().signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
        browser.opens("/activate/confirm?entry=" + confirm.get("entry"));
        assertThat(browser.page().heading()).contains("Almost there");
        assertThat(tv.polls().status()).isEqualTo(200);
    }

    @Test
    void in_two_tabs_the_first_answer_counts() {
        var tv = tandem.television();
        var browser = approves(tandem.television());
        browser.enters(tv.userCode());
        var fields = browser.page().hidden("/activate/confirm");
        browser.confirms();
        var late =
                browser.post(
                        "/activate/confirm",
                        "entry",
                        fields.getOrDefault("entry", ""),
                        "csrf",
                        fields.getOrDefault("csrf", ""),
                        "answer",
                        "no");
        assertThat(late.status()).isEqualTo(303);
        assertThat(tv.polls().status()).isEqualTo(200);
    }

    @Test
    void yes_and_no_at_the_same_moment_leave_one_answer() throws Exception {
        for (int round = 0; round < 3; round++) {
            var tv = tandem.television();
            var browser = tandem.browser().enters(tv.userCode()).confirms();
            var fields = browser.page().hidden("/login");
            browser.signsIn(TestTandem.EMAIL, "wrong");
            var second = approves(tandem.television()).enters(tv.userCode());
            var barrier = new CyclicBarrier(2);
            Callable<Answer> yes =
                    () -> {
                        barrier.await();
                        return browser.post(
                                "/login",
                                "csrf",
                                fields.getOrDefault("csrf", ""),
                                "entry",
                                fields.getOrDefault("entry", ""),
                                "email",
                                TestTandem.EMAIL,
                                "password",
                                TestTandem.PASSWORD);
                    };
            Callable<Answer> no =
                    () -> {
                        barrier.await();
                        return second.post("/activate/confirm", "answer", "no");
                    };
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var future : threads.invokeAll(List.of(yes, no))) {
                    assertThat(future.get().status()).isEqualTo(303);
                }
            }
            var poll = tv.polls();
            assertThat(poll.status() == 200 || poll.error().equals("access_denied")).isTrue();
            assertThat(tv.polls().error())
                    .isEqualTo(poll.status() == 200 ? "invalid_grant" : "access_denied");
        }
    }

    @Test
    void a_code_that_ran_out_on_the_way_is_told_to_its_session_alone() {
        var tv = tandem.television();
        var browser = tandem.browser().enters(tv.userCode());
        tv.after(Duration.ofSeconds(601));
        browser.confirms();
        assertThat(browser.page().heading()).isEqualTo("That took a little long");
        assertThat(tv.polls().error()).isEqualTo("expired_token");
        assertThat(tandem.browser().enters(tv.userCode()).page().plain()).contains(BAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?user_code=%22%3E%3Cscript%3E",
                "?user_code=%00",
                "?user_code=javascript%3Aalert(1)",
                "?user_code=%7B%7B7*7%7D%7D",
                "?user_code=a&user_code=b",
                "?user_code=%FF%FE",
            })
    void hostile_codes_are_refused_and_never_repeated_as_markup(String query) {
        var page = tandem.http().get("/activate" + query);
        assertThat(page.status()).isIn(200, 400);
        assertThat(page.body()).doesNotContain("<script>", "value=\"49", "href=\"javascript:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/\\evil", "https:evil", "@evil", "/%5cevil"})
    void redirects_to_nowhere_but_here(String target) {
        for (var path : List.of("/login?entry=", "/activate/confirm?entry=", "/login?return_to=")) {
            var encoded =
                    java.net.URLEncoder.encode(target, java.nio.charset.StandardCharsets.UTF_8);
            var location = tandem.browser().get(path + encoded).header("Location").orElse("/");
            assertThat(location).startsWith("/").doesNotContain("evil");
        }
    }

    @Test
    void a_network_that_does_not_fit_stops_it_before_the_approval() {
        var elsewhere = new NetworkPolicy(NetworkPolicy.Rule.SAME_NETWORK, List.of());
        tandem.changeClient("tv", c -> Changed.policy(c, p -> Changed.network(p, elsewhere)));
        var tv = tandem.television();
        assertThat(approves(tv).page().heading()).as("both on loopback").contains("Almost there");
        tandem.changeClient("tv", c -> Changed.policy(c, p -> DevicePolicy.STANDARD));
    }

    @Test
    void a_switched_off_flow_says_so() {
        var tv = tandem.television();
        var browser = tandem.browser().enters(tv.userCode());
        Changed.deviceFlow(tandem, false);
        assertThat(browser.confirms().page().status()).isEqualTo(403);
        assertThat(tandem.browser().enters(tv.userCode()).page().status()).isEqualTo(403);
        Changed.deviceFlow(tandem, true);
    }

    @Test
    void speaks_the_language_of_the_browser() {
        var german = tandem.http().with("Accept-Language", "de-CH, en;q=0.5").get("/activate");
        assertThat(german.body()).contains("<html lang=\"de\"");
        assertThat(german.header("Content-Language")).contains("de");
        var asked = tandem.http().get("/activate?ui_locales=de");
        assertThat(asked.body()).contains("<html lang=\"de\"");
    }

    @Test
    void finishing_leaves_nothing_over_for_the_next_code() {
        var browser = approves(tandem.television());
        var next = tandem.television();
        browser.enters(next.userCode());
        assertThat(browser.page().plain()).contains(next.userCode());
    }

    @Test
    void a_pasted_address_leads_to_the_confirm_page() {
        var tv = tandem.television();
        var page = tandem.browser().enters(tv.codes().text("verification_uri_complete")).page();
        assertThat(page.heading()).contains("Is this the code");
    }

    @Test
    void a_form_that_is_not_ours_says_so_and_keeps_what_was_typed() {
        var tv = tandem.television();
        var answer = tandem.http().post("/activate", "user_code", tv.userCode());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.plain()).contains("blocks cookies");
        assertThat(answer.body()).contains("value=\"" + tv.userCode() + "\"");
    }

    @Test
    void only_who_declined_is_told_so() {
        var tv = tandem.television();
        var ada = tandem.browser().enters(tv.userCode());
        tandem.browser().enters(tv.userCode()).declines();
        ada.confirms();
        assertThat(ada.page().heading()).isEqualTo("This was already answered");
        assertThat(ada.page().plain()).contains("was declined").doesNotContain("You declined");
    }

    @Test
    void who_comes_second_with_another_account_is_told_so() {
        var tv = tandem.television();
        var bob = tandem.browser().enters(tv.userCode()).confirms();
        tandem.browser().approves(tv, TestTandem.EMAIL, TestTandem.PASSWORD);
        bob.signsIn("bob@example.com", TestTandem.PASSWORD);
        assertThat(bob.page().plain()).contains("by another account").doesNotContain("unlink it");
    }

    @Test
    void the_language_that_the_device_or_the_address_wished_for_stays() {
        var tv = tandem.device("tv", "scope", "openid", "ui_locales", "de en");
        var browser = tandem.browser().enters(tv.userCode());
        assertThat(browser.page().header("Content-Language")).contains("de");
        browser.confirms();
        assertThat(browser.page().heading()).contains("Anmelden, um");
        var other = tandem.browser().opens("/activate?ui_locales=de").opens("/activate");
        assertThat(other.page().header("Content-Language")).contains("de");
        var odd = tandem.device("tv", "scope", "openid", "ui_locales", "de; Path=/\r\nX: y");
        assertThat(odd.codes().status()).isEqualTo(200);
        var plain = tandem.browser().enters(odd.userCode()).page();
        assertThat(plain.header("Content-Language")).contains("en");
    }

    @Test
    void staying_connected_is_told_before_anything_is_agreed_to() {
        var with = tandem.browser().enters(tandem.television().userCode()).page();
        assertThat(with.plain()).contains("Stay connected while you");
        var without = tandem.device("tv", "scope", "openid");
        assertThat(tandem.browser().enters(without.userCode()).page().plain())
                .doesNotContain("Stay connected while you");
    }
}
