package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.faults.Scenario.assertSays;
import static tandem.faults.Scenario.ok;
import static tandem.faults.Scenario.refused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tandem.faults.Stepper.Actor;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestDevice;
import tandem.scenario.TestTandem;

/// Sessions that meet at one device, and what must be true when all are done.
///
/// @param check of the answers, in the order of the actors
record Play(List<Actor> actors, Consumer<List<Answer>> check) {

    private static final Duration EXPIRY = Duration.ofMinutes(11);

    /// One play on a scene.
    @FunctionalInterface
    interface Stage {
        Play on(Scene scene);
    }

    // Before the decision -----------------------------------------------------------------------

    static Play decisions(Scene scene, String... who) {
        var tv = scene.tandem.television();
        var actors = new ArrayList<Actor>();
        for (var one : who) {
            actors.add(
                    switch (one) {
                        case "approve" -> answers(scene, tv, "yes");
                        case "deny" -> answers(scene, tv, "no");
                        case "poll" -> new Actor("poll", tv::polls);
                        case "expire" -> new Actor("expire", () -> expires(scene));
                        case "block" -> blocks(scene);
                        default -> throw new IllegalArgumentException(one);
                    });
        }
        return new Play(actors, answers -> decided(scene, tv, List.of(who), answers));
    }

    private static Actor answers(Scene scene, TestDevice tv, String answer) {
        var browser = scene.another().enters(tv.userCode());
        return new Actor(
                answer.equals("yes") ? "approve" : "deny",
                () -> browser.post("/activate/confirm", "answer", answer));
    }

    /// One wins, everybody hears of it, and it stays.
    private static void decided(
            Scene scene, TestDevice tv, List<String> who, List<Answer> answers) {
        scene.unblocks();
        assertThat(answers).allMatch(answer -> answer.status() < 500);
        var state = scene.state(tv);
        boolean expired = who.contains("expire");
        if (!expired && !who.contains("block")) {
            assertThat(state).isNotEqualTo("pending");
        }
        var won = answers.stream().filter(answer -> answer.status() == 200).toList();
        var polls = IntStream.range(0, who.size()).filter(i -> who.get(i).equals("poll"));
        boolean polled = polls.anyMatch(i -> answers.get(i).status() == 200);
        assertThat(polled).as("%s %s", state, won).isEqualTo(state.equals("redeemed"));
        if (polled) {
            assertSays(tv.polls(), refused("invalid_grant"));
        } else {
            var error = state.equals("denied") ? "access_denied" : "authorization_pending";
            var end = expired ? refused("expired_token") : refused(error);
            assertSays(scene.polls(tv), state.equals("approved") && !expired ? ok() : end);
        }
    }

    // Before the redemption ---------------------------------------------------------------------

    static Play redemptions(Scene scene, String client, String... who) {
        var device = scene.tandem.device(client, Scene.EVERYTHING);
        var form = scene.another().enters(device.userCode());
        scene.ada().approves(device, TestTandem.EMAIL, TestTandem.PASSWORD);
        var actors = new ArrayList<Actor>();
        for (var one : who) {
            actors.add(
                    switch (one) {
                        case "redeem" -> new Actor(one, device::polls);
                        case "deny" -> lateDenial(form);
                        case "expire" -> new Actor(one, () -> expires(scene));
                        case "block" -> blocks(scene);
                        case "consents" -> consents(scene);
                        default -> throw new IllegalArgumentException(one);
                    });
        }
        return new Play(actors, answers -> redeemed(scene, device, List.of(who), answers));
    }

    private static Actor lateDenial(TestBrowser form) {
        return new Actor("deny", () -> form.post("/activate/confirm", "answer", "no"));
    }

    private static void redeemed(
            Scene scene, TestDevice device, List<String> who, List<Answer> answers) {
        assertThat(answers).allMatch(answer -> answer.status() < 500);
        long won =
                IntStream.range(0, who.size())
                        .filter(i -> who.get(i).equals("redeem"))
                        .filter(i -> answers.get(i).status() == 200)
                        .count();
        for (int i = 0; i < who.size(); i++) {
            var answer = answers.get(i);
            if (who.get(i).equals("redeem") && answer.status() != 200) {
                assertThat(answer.error())
                        .as(answer.body())
                        .isIn("invalid_grant", "expired_token", "access_denied");
            }
        }
        boolean alone = !who.contains("expire") && !who.contains("block");
        boolean sure = alone && !who.contains("consents");
        assertThat(won).isBetween(sure ? 1L : 0L, 1L);
        assertThat(scene.state(device).equals("redeemed")).isEqualTo(won == 1);
        if (who.contains("consents")) {
            assertThat(scene.liveLinks()).as("live without a consent").isEmpty();
        }
        if (won == 1) {
            boolean dead = who.contains("consents") || who.contains("block");
            assertSays(device.refreshes(), dead ? refused("invalid_grant") : ok());
        }
        scene.unblocks();
        if (won == 1 && !who.contains("consents")) {
            assertSays(device.refreshes(), ok());
        }
        boolean letInAgain = won == 0 && who.contains("block") && !who.contains("expire");
        assertThat(device.polls().status()).isEqualTo(letInAgain ? 200 : 400);
    }

    // Afterwards --------------------------------------------------------------------------------

    static Play refreshes(Scene scene, String client, String... who) {
        scene.ada();
        var device = scene.approved(client);
        assertSays(device.polls(), ok());
        var token = device.refreshToken();
        var link = scene.newestLink();
        var actors = new ArrayList<Actor>();
        for (var one : who) {
            actors.add(
                    switch (one) {
                        case "refresh" -> new Actor(one, () -> device.refreshesWith(token));
                        case "unlink" -> new Actor(one, () -> device.revokes(token));
                        case "unlink by person" -> byPerson(scene.ada(), link);
                        case "unlink by operator" -> byOperator(scene, link);
                        case "block" -> blocks(scene);
                        case "consents" -> consents(scene);
                        default -> throw new IllegalArgumentException(one);
                    });
        }
        return new Play(actors, answers -> refreshed(scene, device, List.of(who), answers));
    }

    private static Actor byPerson(TestBrowser browser, String link) {
        browser.opens("/account");
        return new Actor("unlink", () -> browser.post("/account/unlink", "id", link));
    }

    private static Actor byOperator(Scene scene, String link) {
        var operator = scene.tandem.operator("delete:device_credentials");
        return new Actor(
                "unlink", () -> operator.method("DELETE", "/api/v2/device-credentials/" + link));
    }

    /// One successor for all who asked; nothing for anybody once the link is ended.
    private static void refreshed(
            Scene scene, TestDevice device, List<String> who, List<Answer> answers) {
        assertThat(answers).allMatch(answer -> answer.status() < 500);
        var ends = who.stream().filter(one -> !one.equals("refresh")).toList();
        var tokens =
                answers.stream()
                        .filter(answer -> answer.body().contains("refresh_token\""))
                        .map(answer -> answer.text("refresh_token"))
                        .distinct()
                        .toList();
        assertThat(tokens).hasSizeLessThanOrEqualTo(1);
        for (int i = 0; i < who.size(); i++) {
            if (who.get(i).equals("refresh")
                    && (ends.isEmpty() || answers.get(i).status() != 200)) {
                assertSays(answers.get(i), ends.isEmpty() ? ok() : refused("invalid_grant"));
            }
        }
        var newest = tokens.isEmpty() ? device.refreshToken() : tokens.getFirst();
        boolean dead = !ends.isEmpty();
        if (dead && !ends.equals(List.of("block"))) {
            assertThat(scene.liveLinks()).as("live after its end").isEmpty();
        }
        assertSays(device.refreshesWith(newest), dead ? refused("invalid_grant") : ok());
        scene.unblocks();
        boolean forGood = dead && !ends.equals(List.of("block"));
        assertSays(device.refreshesWith(newest), forGood ? refused("invalid_grant") : ok());
    }

    // What several do ---------------------------------------------------------------------------

    private static Answer expires(Scene scene) {
        scene.tandem.clock().forward(EXPIRY);
        scene.tandem.server().sweep();
        return scene.tandem.http().get("/.well-known/jwks.json");
    }

    private static Actor blocks(Scene scene) {
        var operator = scene.tandem.operator("update:users");
        return new Actor(
                "block",
                () -> operator.json("PATCH", "/api/v2/users/usr_ada", "{\"blocked\": true}"));
    }

    private static Actor consents(Scene scene) {
        var operator = scene.tandem.operator("delete:grants");
        return new Actor(
                "consents", () -> operator.method("DELETE", "/api/v2/grants?user_id=usr_ada"));
    }
}
