package tandem.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.store.Documents;

/// Every mistake of a resource file is told, each at its place, with what to do.
class ResourcesCheckTest {

    private static List<String> mistakes(String file) {
        return Resources.check(Documents.parse(file)).stream().map(Mistake::toString).toList();
    }

    @Test
    void a_good_file_has_none() {
        assertThat(
                        mistakes(
                                """
                                {"tenant": {"friendly_name": "Acme", "accent_color": "#aa0000"},
                                 "resource_servers": [{"identifier": "https://api.acme.example/",
                                   "scopes": [{"value": "read:library", "description": "See it"}]}],
                                 "clients": [{"client_id": "tv", "name": "Acme TV",
                                   "device_authorization": {"lifetime": 600, "network": ["203.0.113.0/24"]},
                                   "grant_types": ["urn:ietf:params:oauth:grant-type:device_code"]}],
                                 "client_grants": [], "users": [{"email": "ada@example.com",
                                   "password": "correct-horse-battery", "operator": true}],
                                 "connections": [{"name": "passwords", "strategy": "password"}]}
                                """))
                .isEmpty();
    }

    @Test
    void all_mistakes_are_told_at_once() {
        assertThat(
                        mistakes(
                                """
                                {"clients": [{"client_id": "tv", "nmae": "Acme TV",
                                   "grant_types": ["device_code", 7], "enabled": "yes"}],
                                 "user": []}
                                """))
                .hasSize(5)
                .anySatisfy(m ->
                        assertThat(m).startsWith("clients[0].nmae").contains("did you mean name"))
                .anySatisfy(m -> assertThat(m).startsWith("clients[0].grant_types[0]"))
                .anySatisfy(m -> assertThat(m).startsWith("clients[0].grant_types[1]"))
                .anySatisfy(m -> assertThat(m).startsWith("clients[0].enabled"))
                .anySatisfy(m -> assertThat(m).startsWith("user:").contains("did you mean users"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"clients\": [{\"name\": \"TV\"}]} | clients[0].client_id",
                "{\"clients\": [{\"client_id\": \"a\"}, {\"client_id\": \"a\"}]} | clients[1].client_id",
                "{\"clients\": [{\"client_id\": \"a b\"}]} | clients[0].client_id",
                "{\"clients\": [{\"client_id\": \"a\", \"name\": \"x\\u202ey\"}]} | clients[0].name",
                "{\"clients\": [{\"client_id\": \"a\", \"client_secret\": \"a-long-secret\"}]} | clients[0].client_secret",
                "{\"clients\": [{\"client_id\": \"a\", \"device_authorization\": {\"lifetime\": 4}}]} | clients[0].device_authorization.lifetime",
                "{\"clients\": [{\"client_id\": \"a\", \"device_authorization\": {\"network\": \"same_country\"}}]} | clients[0].device_authorization.network",
                "{\"clients\": [{\"client_id\": \"a\", \"web_origins\": [\"https://x/y\"]}]} | clients[0].web_origins[0]",
                "{\"resource_servers\": [{\"name\": \"x\"}]} | resource_servers[0].identifier",
                "{\"resource_servers\": [{\"identifier\": \"x\", \"signing_alg\": \"HS256\"}]} | resource_servers[0].signing_alg",
                "{\"tenant\": {\"accent_color\": \"red\"}} | tenant.accent_color",
                "{\"tenant\": {\"device_flow\": {\"mask\": \"**\"}}} | tenant",
                "{\"connections\": [{\"name\": \"x\", \"strategy\": \"saml\"}]} | connections[0].strategy",
                "{\"connections\": [{\"name\": \"x\", \"strategy\": \"oidc\"}]} | connections[0]",
                "{\"users\": [{\"email\": \"nobody\"}]} | users[0].email",
                "{\"users\": [{\"email\": \"a@b.example\", \"password\": \"short\"}]} | users[0].password",
                "{\"users\": {}} | users",
                "[] | must be"
            })
    void a_mistake_is_told_at_its_place(String file, String place) {
        assertThat(mistakes(file)).hasSize(1).first().asString().startsWith(place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | jwks: is missing",
                "[] | jwks: must be an object",
                "{} | jwks.keys: is missing",
                "{\"keys\": []} | jwks.keys: must have 1 to 10 keys",
                "{\"keys\": {}} | jwks.keys: must be a list",
                "{\"keys\": [\"x\"]} | jwks.keys[0]: must be a JWK",
                "{\"keys\": [{}]} | jwks.keys[0]: is no well-formed public JWK",
                "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]} | jwks.keys[0]: holds the private member k",
                "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"d\": \"c2VjcmV0\"}]} | jwks.keys[0]: holds the private member d",
                "{\"keys\": [{\"kty\": \"RSA\", \"n\": \"AQAB\", \"e\": \"AQAB\"}]} | jwks.keys[0]: must be an RSA key of 2048",
                "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"X25519\", \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]} | jwks.keys[0]: must be an RSA key",
                "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"x\": \"AQAB\"}]} | jwks.keys[0]: is no well-formed",
                "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"AQAB\", \"y\": \"AQAB\"}]} | jwks.keys[0]: is no well-formed",
                "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"use\": \"enc\", \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]} | jwks.keys[0]: has a use",
                "{\"keys\": [{\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"alg\": \"ES256\", \"x\": \"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]} | jwks.keys[0]: has a use",
                "{\"keys\": [], \"kid\": \"x\"} | jwks.kid: is not known",
            })
    void keys_that_cannot_be_used_are_told(String jwks, String mistake) {
        var told =
                mistakes(
                        "{\"clients\": [{\"client_id\": \"a\", \"token_endpoint_auth_method\":"
                                + " \"private_key_jwt\""
                                + (jwks.equals("null") ? "" : ", \"jwks\": " + jwks)
                                + "}]}");
        assertThat(told)
                .anySatisfy(m -> assertThat(m).startsWith("clients[0]." + mistake))
                .noneSatisfy(m -> assertThat(m).contains("c2VjcmV0"));
    }

    @Test
    void keys_are_written_and_never_fetched() {
        var client = "{\"clients\": [{\"client_id\": \"a\", %s}]}";
        assertThat(
                        mistakes(
                                client.formatted(
                                        """
                                        "token_endpoint_auth_method": "private_key_jwt", "jwks":
                                        {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a",
                                        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
                                        """)))
                .isEmpty();
        assertThat(mistakes(client.formatted("\"jwks_uri\": \"https://a.example/jwks\"")))
                .singleElement()
                .asString()
                .startsWith("clients[0].jwks_uri: is not read");
    }

    @Test
    void a_secret_is_never_repeated() {
        assertThat(
                        mistakes(
                                "{\"users\": [{\"email\": \"a@b.example\", \"password\": \"hunt3r\"}]}"))
                .hasSize(1)
                .noneSatisfy(m -> assertThat(m).contains("hunt3r"));
    }

    @Test
    void a_logo_must_be_a_picture_that_can_be_read(@TempDir Path folder) throws IOException {
        var svg = Files.writeString(folder.resolve("logo.svg"), "<svg/>");
        var text = Files.writeString(folder.resolve("passwd"), "root:x:0:0");
        var none = folder.resolve("none.png");
        var file = "{\"tenant\": {\"logo\": \"%s\"}}";
        assertThat(mistakes(file.formatted(svg))).isEmpty();
        assertThat(mistakes(file.formatted(text)).getFirst())
                .contains("PNG")
                .doesNotContain("root:x");
        assertThat(mistakes(file.formatted(none)).getFirst()).contains("cannot be read");
        assertThat(mistakes("{\"tenant\": {\"logo\": \"\\u0000\"}}").getFirst())
                .contains("cannot be read");
    }
}
