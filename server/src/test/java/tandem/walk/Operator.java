package tandem.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.stream.Collectors;
import tandem.scenario.Answer;
import tandem.scenario.TestTandem;

/// What the operator does, by the Management API.
record Operator(TestTandem tandem) {

    void blocks(String user, boolean blocked) {
        patches("update:users", "users/" + user, "{\"blocked\": " + blocked + "}");
    }

    void enables(String client, boolean enabled) {
        patches("update:clients", "clients/" + client, "{\"enabled\": " + enabled + "}");
    }

    /// The scopes that a client may ask for.
    void allows(String client, Collection<String> scopes) {
        var list = scopes.stream().map(s -> '"' + s + '"').collect(Collectors.joining(", "));
        patches(
                "update:clients",
                "clients/" + client,
                "{\"device_authorization\": {\"scopes\": [" + list + "]}}");
    }

    void takesConsentsBack(String user) {
        var answer =
                tandem.operator("delete:grants").method("DELETE", "/api/v2/grants?user_id=" + user);
        assertThat(answer.status()).isEqualTo(204);
    }

    void rotatesKeys() {
        var answer =
                tandem.operator("create:signing_keys")
                        .method("POST", "/api/v2/keys/signing/rotate");
        assertThat(answer.status()).isEqualTo(201);
    }

    /// The status that ending a link is answered with.
    int unlinks(String link) {
        return tandem.operator("delete:device_credentials")
                .method("DELETE", "/api/v2/device-credentials/" + link)
                .status();
    }

    Answer reads(String logs) {
        return tandem.operator("read:logs").get(logs);
    }

    private void patches(String scope, String path, String change) {
        var answer = tandem.operator(scope).json("PATCH", "/api/v2/" + path, change);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
