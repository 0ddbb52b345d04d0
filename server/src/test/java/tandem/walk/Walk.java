package tandem.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestDevice;
import tandem.scenario.TestTandem;

/// Takes steps against a real server, and holds every answer against the [Model].
final class Walk implements AutoCloseable {

    private static final List<String> EMAILS = List.of(TestTandem.EMAIL, "bob@example.com");
    private static final List<String> USERS = List.of("usr_ada", "usr_bob");

    private final TestTandem tandem;
    private final Operator operator;
    private final Model model = new Model();
    private final List<Mine> devices = new ArrayList<>();
    private final List<TestBrowser> browsers = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>(List.of(TestTandem.PASSWORD));

    /// A device as the test holds it, beside its model.
    private static final class Mine {
        final TestDevice device;
        final Model.Device model;
        String accessToken = "";
        String link = "";
        Supplier<Answer> formAgain =
                () -> {
                    throw new IllegalStateException("no form was sent");
                };
        boolean formSent;

        /// Who said "yes, it's my device" in their browser and was then refused at sign-in.
        final Set<Integer> confirmedBy = new HashSet<>();

        Mine(TestDevice device, Model.Device model) {
            this.device = device;
            this.model = model;
        }
    }

    Walk(Path folder) {
        this.tandem = TestTandem.in(folder);
        this.operator = new Operator(tandem);
        for (int person = 0; person < Step.PEOPLE; person++) {
            browsers.add(tandem.browser());
        }
    }

    void take(Step step) {
        switch (step) {
            case Step.Ask(var client) -> ask(client);
            case Step.Poll(int number, boolean stranger) ->
                    with(number, this::open, mine -> poll(mine, stranger));
            case Step.PollTwiceAtOnce(int number) -> with(number, this::open, this::pollTwice);
            case Step.Approve(int number, int person) ->
                    with(number, this::pending, mine -> approve(mine, person));
            case Step.Deny(int number, int person) ->
                    with(number, this::pending, mine -> deny(mine, person));
            case Step.SendFormAgain(int number) -> with(number, d -> true, this::sendFormAgain);
            case Step.Refresh(int number, int age, boolean stranger) ->
                    with(number, this::live, mine -> refresh(mine, age, stranger));
            case Step.Revoke(int number, boolean stranger) ->
                    with(number, this::live, mine -> revoke(mine, stranger));
            case Step.UnlinkByPerson(int number) -> with(number, this::live, this::unlinkByPerson);
            case Step.UnlinkByOperator(int number) ->
                    with(number, this::live, this::unlinkByOperator);
            case Step.AskUserinfo(int number) ->
                    with(number, d -> d.state == Model.State.REDEEMED, this::askUserinfo);
            case Step.Block(int person, boolean blocked) -> {
                operator.blocks(USERS.get(person), blocked);
                model.block(person, blocked);
            }
            case Step.Enable(var client, boolean enabled) -> {
                operator.enables(client, enabled);
                model.enable(client, enabled);
            }
            case Step.AllowScope(var client, boolean allowed) -> {
                operator.allows(client, allowed ? Model.ALL : Model.WITHOUT_API);
                model.allowScope(client, allowed);
            }
            case Step.SwitchFlow(boolean on) -> {
                tandem.switchDeviceFlow(on);
                model.flowOn = on;
            }
            case Step.TakeConsentsBack(int person) -> takeConsentsBack(person);
            case Step.RotateKeys() -> operator.rotatesKeys();
            case Step.Wait(var time) -> tandem.clock().forward(time);
            case Step.Sweep() -> tandem.server().sweep();
            case Step.Restart() -> tandem.restarts();
        }
    }

    private interface OnDevice {
        void act(Mine mine);
    }

    /// Means one of the newest devices: three times of four one with which something can happen, if
    /// there is one.
    private void with(int number, Predicate<Model.Device> ready, OnDevice action) {
        boolean any = number % 4 == 3 || devices.stream().noneMatch(d -> ready.test(d.model));
        var meant = any ? devices : devices.stream().filter(d -> ready.test(d.model)).toList();
        if (!meant.isEmpty()) {
            action.act(meant.get(meant.size() - 1 - number / 4 % meant.size()));
        }
    }

    private boolean pending(Model.Device device) {
        return device.state == Model.State.PENDING && now().isBefore(device.expires);
    }

    private boolean open(Model.Device device) {
        return device.state != Model.State.REDEEMED && now().isBefore(device.expires);
    }

    private boolean live(Model.Device device) {
        return device.live(now());
    }

    private Instant now() {
        return tandem.clock().instant();
    }

    private void ask(String client) {
        var device =
                tandem.device(
                        client, "scope", String.join(" ", Model.ALL), "audience", TestTandem.API);
        boolean refused = !model.flowOn || model.disabled(client) || !model.mayAskForAll(client);
        assertThat(device.codes().status() == 200).as(device.codes().body()).isEqualTo(!refused);
        if (!refused) {
            secrets.add(device.deviceCode());
            var modelled = new Model.Device(client, now());
            model.devices.add(modelled);
            devices.add(new Mine(device, modelled));
        }
    }

    private static String other(String client) {
        return client.equals("tv") ? "radio" : "tv";
    }

    private void poll(Mine mine, boolean stranger) {
        var client = stranger ? other(mine.model.client) : mine.model.client;
        var expected = model.poll(mine.model, client, now());
        var answer =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "device_code",
                                mine.device.deviceCode(),
                                "client_id",
                                client);
        assertThat(said(answer)).as(answer.body()).isIn(expected);
        if (answer.status() == 200) {
            redeemed(mine, answer);
        }
    }

    private void pollTwice(Mine mine) {
        var expected = model.poll(mine.model, mine.model.client, now());
        List<Answer> answers;
        try {
            answers = mine.device.pollsAtOnce(2);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        var good = answers.stream().filter(a -> a.status() == 200).toList();
        assertThat(good).hasSize(expected.contains("ok") ? 1 : 0);
        for (var answer : answers) {
            if (answer.status() != 200) {
                var allowed = new ArrayList<>(expected);
                allowed.add("invalid_grant");
                assertThat(said(answer)).isIn(expected.contains("ok") ? allowed : expected);
            }
        }
        good.forEach(answer -> redeemed(mine, answer));
    }

    private void redeemed(Mine mine, Answer answer) {
        model.redeemed(mine.model, answer.text("refresh_token"), now());
        mine.link = answer.claims("access_token").path("sid").asString();
        keep(mine, answer);
        assertThat(answer.claims("access_token").path("client_id").asString())
                .isEqualTo(mine.model.client);
        assertThat(answer.claims("access_token").path("sub").asString())
                .isEqualTo(USERS.get(mine.model.person));
    }

    private void keep(Mine mine, Answer answer) {
        assertThat(answer.text("scope").split(" "))
                .containsExactlyInAnyOrderElementsOf(model.scopes(mine.model));
        mine.accessToken = answer.text("access_token");
        secrets.add(mine.accessToken);
        secrets.add(answer.text("refresh_token"));
    }

    private void approve(Mine mine, int person) {
        boolean decidable = model.decidable(mine.model, now());
        var browser = browsers.get(person);
        var page = browser.enters(mine.device.userCode()).page();
        assertThat(page.status()).isLessThan(500);
        boolean confirmed = mine.confirmedBy.contains(person);
        assertThat(page.asks("/activate/confirm")).isEqualTo(decidable && !confirmed);
        if (!decidable) {
            return;
        }
        var form = page.hidden("/activate/confirm");
        decides(browser, confirmed, person);
        mine.formSent = true;
        mine.formAgain =
                () ->
                        browser.post(
                                "/activate/confirm",
                                "answer",
                                "yes",
                                "entry",
                                form.getOrDefault("entry", ""),
                                "csrf",
                                form.getOrDefault("csrf", ""));
        if (model.blocked(person)) {
            mine.confirmedBy.add(person);
        } else {
            model.approved(mine.model, person);
        }
    }

    private static void decides(TestBrowser browser, boolean confirmed, int person) {
        if (!confirmed) {
            browser.confirms();
        }
        if (browser.page().asks("/login")) {
            browser.signsIn(EMAILS.get(person), TestTandem.PASSWORD);
        }
        if (browser.page().asks("/activate/consent")) {
            browser.allows();
        }
    }

    private void deny(Mine mine, int person) {
        boolean decidable =
                model.decidable(mine.model, now()) && !mine.confirmedBy.contains(person);
        var browser = browsers.get(person).enters(mine.device.userCode());
        assertThat(browser.page().asks("/activate/confirm")).isEqualTo(decidable);
        if (decidable) {
            browser.declines();
            mine.model.state = Model.State.DENIED;
        }
    }

    /// Changes nothing any more; while it still could, it is not sent.
    private void sendFormAgain(Mine mine) {
        if (mine.formSent && mine.model.state != Model.State.PENDING) {
            assertThat(mine.formAgain.get().status()).isLessThan(500);
        }
    }

    private void refresh(Mine mine, int age, boolean stranger) {
        var tokens = mine.model.refreshTokens;
        if (tokens.size() <= age) {
            return;
        }
        var client = stranger ? other(mine.model.client) : mine.model.client;
        var token = tokens.get(tokens.size() - 1 - age);
        var expected = model.refresh(mine.model, age, client, now());
        var answer =
                tandem.http()
                        .post(
                                "/oauth/token",
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                token,
                                "client_id",
                                client);
        assertThat(said(answer)).as(answer.body()).isEqualTo(expected);
        if (answer.status() == 200) {
            keep(mine, answer);
            assertThat(model.refreshed(mine.model, age, answer.text("refresh_token"), now()))
                    .as("the one successor there is")
                    .isTrue();
        }
    }

    private void revoke(Mine mine, boolean stranger) {
        if (mine.model.refreshTokens.isEmpty()) {
            return;
        }
        var client = stranger ? other(mine.model.client) : mine.model.client;
        var token = mine.model.refreshTokens.getLast();
        var answer = tandem.http().post("/oauth/revoke", "token", token, "client_id", client);
        boolean refused = model.disabled(client);
        assertThat(answer.status()).isEqualTo(refused ? 401 : 200);
        if (!refused && !stranger) {
            mine.model.ended = true;
        }
    }

    private void unlinkByPerson(Mine mine) {
        if (!mine.model.live(now()) || model.blocked(mine.model.person)) {
            return;
        }
        var browser = browsers.get(mine.model.person).opens("/account");
        if (browser.page().asks("/login")) {
            browser.signsIn(EMAILS.get(mine.model.person), TestTandem.PASSWORD);
        }
        assertThat(browser.post("/account/unlink", "id", mine.link).status()).isEqualTo(200);
        mine.model.ended = true;
    }

    private void unlinkByOperator(Mine mine) {
        if (mine.link.isEmpty()) {
            return;
        }
        boolean live = mine.model.live(now());
        int status = operator.unlinks(mine.link);
        assertThat(status).isIn(live ? List.of(204) : List.of(204, 404));
        mine.model.ended = true;
    }

    private void askUserinfo(Mine mine) {
        if (mine.accessToken.isEmpty()) {
            return;
        }
        var answer = tandem.http().bearer(mine.accessToken).get("/userinfo");
        assertThat(answer.status()).isEqualTo(model.userinfo(mine.model, now()) ? 200 : 401);
    }

    private void takeConsentsBack(int person) {
        operator.takesConsentsBack(USERS.get(person));
        model.consentsTakenBack(person, now());
    }

    /// No secret has found its way into an event.
    void looksAtTheLogs() {
        for (int page = 0; page < 20; page++) {
            var answer = operator.reads("/api/v2/logs?per_page=100&page=" + page);
            assertThat(answer.status()).isEqualTo(200);
            for (var secret : secrets) {
                assertThat(answer.body()).doesNotContain(secret);
            }
            if (answer.json().size() < 100) {
                return;
            }
        }
    }

    private static String said(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        return answer.status() == 200 ? "ok" : answer.error();
    }

    @Override
    public void close() {
        tandem.close();
    }
}
