package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.faults.Scenario.assertSays;
import static tandem.faults.Scenario.ok;
import static tandem.faults.Scenario.refused;
import static tandem.faults.Scenario.simple;

import java.util.function.Supplier;
import tandem.scenario.Answer;
import tandem.scenario.DeviceKey;

/// Requests of devices that are made to fail at each of their calls to the database.
enum OfDevices implements Scenario {
    ASK_CODES {
        @Override
        public Asked on(Scene scene) {
            return simple(() -> scene.tandem.television().codes(), ok());
        }
    },

    POLL_PENDING {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.tandem.television();
            return simple(() -> scene.polls(tv), refused("authorization_pending"));
        }
    },

    POLL_UNKNOWN {
        @Override
        public Asked on(Scene scene) {
            Supplier<Answer> polls =
                    () ->
                            scene.tandem
                                    .http()
                                    .post(
                                            "/oauth/token",
                                            "grant_type",
                                            "urn:ietf:params:oauth:grant-type:device_code",
                                            "device_code",
                                            "x".repeat(43),
                                            "client_id",
                                            "tv");
            return simple(polls, refused("invalid_grant"));
        }
    },

    REDEEM {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.approved("tv");
            return new Asked(
                    tv::polls,
                    ok(),
                    past -> {
                        var again = tv.polls();
                        boolean spent = past.spent(again);
                        assertSays(again, spent ? refused("invalid_grant") : ok());
                        if (past.good() || !spent) {
                            assertSays(tv.refreshes(), ok());
                        }
                    });
        }
    },

    REDEEM_WITH_A_KEY {
        @Override
        public Asked on(Scene scene) {
            var key = DeviceKey.of(scene.tandem, "ES256");
            var tv = scene.approved("tv");
            var proof = key.nonce();
            return new Asked(
                    () -> key.redeems(tv, "tv"),
                    ok(),
                    past -> {
                        var again = key.redeems(tv, "tv");
                        assertSays(again, ok());
                        if (past.good()) {
                            assertThat(again.text("refresh_token"))
                                    .isEqualTo(past.answer().text("refresh_token"));
                        }
                        assertThat(proof).isNotEmpty();
                        assertSays(key.refreshes(again.text("refresh_token")), ok());
                    });
        }
    },

    REDEEM_AFTER_A_LOST_ANSWER {
        @Override
        public Asked on(Scene scene) {
            var key = DeviceKey.of(scene.tandem, "ES256");
            var tv = scene.approved("tv");
            var first = key.redeems(tv, "tv").text("refresh_token");
            return new Asked(
                    () -> key.redeems(tv, "tv"),
                    answer -> ok().test(answer) && answer.text("refresh_token").equals(first),
                    past -> {
                        var again = key.redeems(tv, "tv");
                        boolean spent = past.spent(again);
                        assertSays(again, spent ? refused("invalid_grant") : ok());
                        assertSays(key.refreshes(first), ok());
                    });
        }
    },

    REFRESH {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.linked();
            var token = tv.refreshToken();
            return new Asked(
                    () -> tv.refreshesWith(token),
                    ok(),
                    past -> {
                        var again = tv.refreshesWith(token);
                        assertSays(again, ok());
                        if (past.good()) {
                            assertSame(again, past.answer());
                        }
                        assertSays(tv.refreshesWith(again.text("refresh_token")), ok());
                    });
        }
    },

    REFRESH_AFTER_A_LOST_ANSWER {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.linked();
            var token = tv.refreshToken();
            var first = tv.refreshesWith(token);
            return new Asked(
                    () -> tv.refreshesWith(token),
                    ok(),
                    past -> {
                        var again = tv.refreshesWith(token);
                        assertSays(again, ok());
                        assertSame(again, first);
                        assertSays(tv.refreshesWith(again.text("refresh_token")), ok());
                    });
        }
    };

    private static void assertSame(Answer one, Answer other) {
        assertThat(one.text("refresh_token")).isEqualTo(other.text("refresh_token"));
    }
}
