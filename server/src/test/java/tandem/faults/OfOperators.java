package tandem.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static tandem.faults.Scenario.assertSays;
import static tandem.faults.Scenario.ok;
import static tandem.faults.Scenario.refused;
import static tandem.faults.Scenario.simple;

import java.time.Duration;
import tandem.scenario.Answer;
import tandem.scenario.TestTandem;
import tandem.store.StoreUnavailable;

/// Requests of APIs and operators, and what the server does by itself.
enum OfOperators implements Scenario {
    INTROSPECT {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.linked();
            var token = tv.refreshes().text("access_token");
            var app = scene.tandem.http();
            return simple(
                    () -> app.post("/oauth/introspect", "token", token, "client_id", "tv"),
                    answer ->
                            ok().test(answer)
                                    && answer.json().path("active").asBoolean(false)
                                    && answer.text("username").equals(TestTandem.EMAIL));
        }
    },

    USERINFO {
        @Override
        public Asked on(Scene scene) {
            var ada = scene.tandem.http().bearer(scene.linked().refreshes().text("access_token"));
            return simple(
                    () -> ada.get("/userinfo"),
                    answer -> ok().test(answer) && answer.text("sub").equals("usr_ada"));
        }
    },

    REVOKE {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.linked();
            var token = tv.refreshToken();
            return new Asked(
                    () -> tv.revokes(token),
                    ok(),
                    past -> {
                        if (past.good()) {
                            assertSays(tv.refreshesWith(token), refused("invalid_grant"));
                        }
                        assertSays(tv.revokes(token), ok());
                        assertSays(tv.refreshesWith(token), refused("invalid_grant"));
                    });
        }
    },

    UNLINK_BY_OPERATOR {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.linked();
            var path = "/api/v2/device-credentials/" + scene.newestLink();
            var operator = scene.tandem.operator("delete:device_credentials");
            return new Asked(
                    () -> operator.method("DELETE", path),
                    answer -> answer.status() == 204,
                    past -> {
                        if (past.good()) {
                            assertSays(tv.refreshes(), refused("invalid_grant"));
                        }
                        assertThat(operator.method("DELETE", path).status())
                                .isIn(204, past.good() || past.unclear() ? 404 : 204);
                        assertSays(tv.refreshes(), refused("invalid_grant"));
                    });
        }
    },

    SWITCH_AN_APP_OFF {
        @Override
        public Asked on(Scene scene) {
            var operator = scene.tandem.operator("update:clients");
            var path = "/api/v2/clients/radio";
            return new Asked(
                    () -> operator.json("PATCH", path, "{\"enabled\": false}"),
                    ok(),
                    past -> {
                        if (past.good()) {
                            assertThat(scene.tandem.device("radio").codes().status())
                                    .isNotEqualTo(200);
                        }
                        assertSays(operator.json("PATCH", path, "{\"enabled\": false}"), ok());
                        assertThat(scene.tandem.device("radio").codes().status()).isNotEqualTo(200);
                        assertSays(operator.json("PATCH", path, "{\"enabled\": true}"), ok());
                        assertSays(scene.tandem.device("radio").codes(), ok());
                    });
        }
    },

    TAKE_CONSENTS_BACK {
        @Override
        public Asked on(Scene scene) {
            var radio = scene.approved("radio");
            assertSays(radio.polls(), ok());
            var operator = scene.tandem.operator("delete:grants");
            var path = "/api/v2/grants?user_id=usr_ada";
            return new Asked(
                    () -> operator.method("DELETE", path),
                    answer -> answer.status() == 204,
                    past -> {
                        if (past.good()) {
                            assertSays(radio.refreshes(), refused("invalid_grant"));
                        }
                        assertThat(operator.method("DELETE", path).status()).isEqualTo(204);
                        assertSays(radio.refreshes(), refused("invalid_grant"));
                    });
        }
    },

    ROTATE_KEYS {
        @Override
        public Asked on(Scene scene) {
            var tv = scene.linked();
            var operator = scene.tandem.operator("create:signing_keys");
            return new Asked(
                    () -> operator.method("POST", "/api/v2/keys/signing/rotate"),
                    answer -> answer.status() == 201,
                    _ -> {
                        assertVerifiable(scene, tv.refreshes());
                        assertThat(operator.method("POST", "/api/v2/keys/signing/rotate").status())
                                .isEqualTo(201);
                        assertVerifiable(scene, tv.refreshes());
                    });
        }
    },

    SWEEP {
        @Override
        public Asked on(Scene scene) {
            var expired = scene.tandem.television();
            scene.tandem.clock().forward(Duration.ofMinutes(11));
            var asked =
                    new Asked(
                            () -> sweeps(scene),
                            ok(),
                            _ -> {
                                scene.tandem.server().sweep();
                                assertThat(scene.expiryTold()).isTrue();
                                assertSays(expired.polls(), refused("expired_token"));
                            });
            return asked.acknowledgedOnly(_ -> false);
        }
    };

    /// Nobody waits for it; a sweep that fails is tried again.
    private static Answer sweeps(Scene scene) {
        try {
            scene.tandem.server().sweep();
        } catch (StoreUnavailable expected) {
            assertThat(expected).hasMessageNotContaining("Exception");
        }
        return scene.tandem.http().get("/.well-known/jwks.json");
    }

    /// Signed by a key that is published, and taken by the server itself.
    private static void assertVerifiable(Scene scene, Answer refreshed) {
        assertSays(refreshed, ok());
        var head = refreshed.text("access_token").split("\\.", -1)[0];
        var kid =
                new String(
                                java.util.Base64.getUrlDecoder().decode(head),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");
        assertThat(scene.tandem.http().get("/.well-known/jwks.json").body()).contains(kid);
        assertThat(
                        scene.tandem
                                .http()
                                .bearer(refreshed.text("access_token"))
                                .get("/userinfo")
                                .status())
                .isEqualTo(200);
    }
}
