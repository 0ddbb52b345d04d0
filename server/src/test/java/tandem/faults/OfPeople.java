package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.faults.Scenario.assertSays;
import static tandem.faults.Scenario.ok;
import static tandem.faults.Scenario.refused;
import static tandem.faults.Scenario.simple;

import java.util.function.Predicate;
import tandem.scenario.Answer;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestDevice;
import tandem.scenario.TestTandem;

/// Requests of people.
enum OfPeople implements Scenario {
    ENTER_A_CODE {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.tandem.television();
            var browser = scene.tandem.browser();
            return new Asked(
                    () -> browser.post(ACTIVATE, "user_code", tv.userCode()),
                    leadsTo(CONFIRM),
                    _ -> approvesAfterAll(scene, browser, tv));
        }
    },

    ENTER_A_WRONG_CODE {
        @Override
        public Asked on(Scene scene) {
            var browser = scene.ada().opens(ACTIVATE);
            return simple(
                    () -> browser.post(ACTIVATE, "user_code", "BBBB-BBBB"),
                    answer -> answer.status() == 400 && answer.asks(ACTIVATE));
        }
    },

    SEE_WHAT_IS_ASKED {
        @Override
        public Asked on(Scene scene) {
            var browser = scene.ada().opens(ACTIVATE);
            var tv = scene.tandem.television();
            var there = browser.post(ACTIVATE, "user_code", tv.userCode()).location();
            return simple(() -> browser.get(there), answer -> answer.asks(CONFIRM));
        }
    },

    /// Approves: Ada is signed in, and the app is the house's own.
    CONFIRM_AND_APPROVE {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.tandem.television();
            var browser = scene.ada().enters(tv.userCode());
            return new Asked(
                    () -> browser.post(CONFIRM, "answer", "yes"),
                    leadsTo(DONE),
                    past -> {
                        assertHears(scene, tv);
                        if (past.good()) {
                            return;
                        }
                        var again = browser.post(CONFIRM, "answer", "yes");
                        assertSays(again, leadsTo(DONE));
                        assertGetsTokens(scene, tv);
                    });
        }
    },

    /// Remembers the confirmation alone: nobody is signed in.
    CONFIRM_AND_NOT_YET_APPROVE {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.tandem.television();
            var browser = scene.tandem.browser().enters(tv.userCode());
            return new Asked(
                    () -> browser.post(CONFIRM, "answer", "yes"),
                    leadsTo("/login"),
                    _ -> {
                        assertSays(scene.polls(tv), refused("authorization_pending"));
                        assertSays(browser.post(CONFIRM, "answer", "yes"), leadsTo("/login"));
                    });
        }
    },

    SIGN_IN_AND_APPROVE {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.tandem.television();
            var browser = scene.tandem.browser().enters(tv.userCode()).confirms();
            var asked =
                    new Asked(
                            () -> signsIn(browser),
                            leadsTo(DONE).or(leadsTo(CONSENT)),
                            past -> {
                                assertHears(scene, tv);
                                if (leadsTo(CONSENT).test(past.answer())) {
                                    goesOn(scene, browser.opens(past.answer().location()), tv);
                                } else if (past.good()) {
                                    assertGetsTokens(scene, tv);
                                } else if (past.unclear()) {
                                    approvesAfterAll(scene, browser, tv);
                                } else {
                                    var again = signsIn(browser);
                                    assertSays(again, leadsTo(DONE));
                                    assertGetsTokens(scene, tv);
                                }
                            });
            return asked.acknowledgedOnly(leadsTo(DONE));
        }
    },

    SIGN_IN {
        @Override
        public Asked on(Scene scene) {
            var browser = scene.tandem.browser().opens(ACCOUNT);
            return new Asked(
                    () -> signsIn(browser),
                    leadsTo(ACCOUNT),
                    _ -> {
                        browser.opens(ACCOUNT);
                        if (browser.page().asks("/login")) {
                            assertSays(signsIn(browser), leadsTo(ACCOUNT));
                        }
                        assertSays(browser.get(ACCOUNT), ok());
                    });
        }
    },

    ALLOW {
        @Override
        public Asked on(Scene scene) {
            scene.forgetConsents();
            var radio = scene.tandem.device("radio", Scene.EVERYTHING);
            var browser = scene.ada().enters(radio.userCode()).confirms();
            return new Asked(
                    () -> browser.post(CONSENT, "answer", "allow"),
                    leadsTo(DONE),
                    past -> {
                        assertHears(scene, radio);
                        if (!past.good()) {
                            assertSays(browser.post(CONSENT, "answer", "allow"), leadsTo(DONE));
                            assertGetsTokens(scene, radio);
                        }
                    });
        }
    },

    DENY {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.tandem.television();
            var browser = scene.ada().enters(tv.userCode());
            return new Asked(
                    () -> browser.post(CONFIRM, "answer", "no"),
                    leadsTo(DONE),
                    past -> {
                        assertHears(scene, tv);
                        if (!past.good()) {
                            assertSays(browser.post(CONFIRM, "answer", "no"), leadsTo(DONE));
                        }
                        assertSays(scene.polls(tv), refused("access_denied"));
                    });
        }
    },

    UNLINK {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.linked();
            var link = scene.newestLink();
            var browser = scene.ada().opens(ACCOUNT);
            return new Asked(
                    () -> browser.post(ACCOUNT + "/unlink", "id", link),
                    ok(),
                    past -> {
                        if (past.good()) {
                            assertSays(tv.refreshes(), refused("invalid_grant"));
                        }
                        assertSays(browser.post(ACCOUNT + "/unlink", "id", link), ok());
                        assertSays(tv.refreshes(), refused("invalid_grant"));
                    });
        }
    };

    private static final String ACTIVATE = "/activate";
    private static final String CONFIRM = "/activate/confirm";
    private static final String CONSENT = "/activate/consent";
    private static final String DONE = "/activate/done";
    private static final String ACCOUNT = "/account";

    private static Answer signsIn(TestBrowser browser) {
        return browser.post("/login", "email", TestTandem.EMAIL, "password", TestTandem.PASSWORD);
    }

    private static Predicate<Answer> leadsTo(String path) {
        return answer -> answer.status() == 303 && answer.location().startsWith(path);
    }

    /// What was decided is what the device hears, whoever was told of it.
    private static void assertHears(Scene scene, TestDevice device) {
        var state = scene.state(device);
        if (state.equals("approved")) {
            assertGetsTokens(scene, device);
        } else {
            var error = state.equals("denied") ? "access_denied" : "authorization_pending";
            assertSays(scene.polls(device), refused(error));
        }
    }

    private static void assertGetsTokens(Scene scene, TestDevice device) {
        if (!scene.state(device).equals("redeemed")) {
            assertSays(scene.polls(device), ok());
        }
    }

    /// Signed in, but not yet done: the page that is due says so, if anything is left to do.
    private static void goesOn(Scene scene, TestBrowser browser, TestDevice device) {
        if (browser.page().asks(CONSENT)) {
            browser.allows();
        }
        assertGetsTokens(scene, device);
    }

    /// As a person who only knows that it did not work, and begins with the code again.
    private static void approvesAfterAll(Scene scene, TestBrowser browser, TestDevice device) {
        if (scene.state(device).equals("pending")) {
            browser.enters(device.userCode());
            if (browser.page().asks(CONFIRM)) {
                browser.confirms();
            }
            if (browser.page().asks("/login")) {
                browser.signsIn(TestTandem.EMAIL, TestTandem.PASSWORD);
            }
        }
        assertThat(scene.state(device)).isIn("approved", "redeemed");
        assertGetsTokens(scene, device);
    }
}
