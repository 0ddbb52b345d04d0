package tandem.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.model.Account;
import tandem.model.Client;
import tandem.oauth.ClientId;
import tandem.scenario.TestClock;
import tandem.secret.SecretKeyFile;
import tandem.store.Documents;
import tandem.store.Store;
import tandem.store.sql.SqlStore;
import tandem.store.sql.StoreLimits;

/// Applying changes what is named and nothing else, and once.
class ResourcesApplyTest {
    private static final String ISSUER = "https://login.acme.example";
    private static final String TV =
            """
            {"clients": [{"client_id": "tv", "name": "Acme TV", "is_first_party": true,
              "device_authorization": {"lifetime": 300, "interval": 7}}]}
            """;

    private final AtomicInteger hashed = new AtomicInteger();
    private Store store;
    private Resources resources;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        var random = new SecureRandom();
        var keys = SecretKeyFile.open(folder.resolve("secret.key"), random);
        store =
                SqlStore.open(
                        "sqlite:" + folder.resolve("tandem.db"), List.of(), StoreLimits.STANDARD);
        resources =
                new Resources(
                        store,
                        keys,
                        password -> {
                            hashed.incrementAndGet();
                            return new Account.PasswordHash("hash of " + password);
                        },
                        new TestClock(),
                        random);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private int apply(String file) {
        var tree = Documents.parse(file);
        assertThat(Resources.check(tree)).isEmpty();
        return resources.apply(tree, ISSUER);
    }

    private Client tv() {
        return store.registered().client(new ClientId("tv")).orElseThrow();
    }

    @Test
    void the_same_file_applied_again_changes_nothing() {
        assertThat(apply(TV)).isOne();
        long revision = store.registered().revision();
        assertThat(apply(TV)).isZero();
        assertThat(store.registered().revision()).isEqualTo(revision);
    }

    @Test
    void a_change_made_in_between_is_not_undone_by_the_same_file() {
        apply(TV);
        store.write(tx -> {
            var renamed = Documents.tree(tv()).put("name", "Renamed");
            tx.registry().put(Documents.client(renamed, tv().secret()));
            return true;
        });
        apply(TV);
        assertThat(tv().name()).isEqualTo("Renamed");
    }

    @Test
    void only_what_is_named_changes_and_nothing_is_removed() {
        apply(TV);
        apply(
                "{\"clients\": [{\"client_id\": \"tv\", \"device_authorization\": {\"interval\": 9}}]}");
        assertThat(tv().name()).isEqualTo("Acme TV");
        assertThat(tv().deviceAuthorization().lifetime()).hasSeconds(300);
        assertThat(tv().deviceAuthorization().interval()).hasSeconds(9);
        apply("{\"clients\": [{\"client_id\": \"other\"}]}");
        assertThat(store.registered().clients()).hasSize(2);
    }

    @Test
    void null_gives_the_standard_value_back() {
        apply(TV);
        apply(
                "{\"clients\": [{\"client_id\": \"tv\", \"device_authorization\": {\"lifetime\": null}}]}");
        assertThat(tv().deviceAuthorization().lifetime()).hasSeconds(600);
        assertThat(tv().deviceAuthorization().interval()).hasSeconds(7);
    }

    @Test
    void an_unchanged_password_is_not_hashed_again() {
        var file =
                "{\"users\": [{\"email\": \"Ada@example.com\", \"password\": \"correct-horse\"}]}";
        apply(file);
        apply(file);
        assertThat(hashed).hasValue(1);
        var changed =
                "{\"users\": [{\"email\": \"Ada@example.com\", \"password\": \"other-horse\"}]}";
        apply(changed);
        assertThat(hashed).hasValue(2);
        assertThat(store.<Long>read(tx -> tx.accounts().count())).isOne();
    }

    @Test
    void a_secret_stays_where_it_is_not_named_and_is_kept_as_a_hash() {
        apply(
                """
                {"clients": [{"client_id": "tv", "client_secret": "a-long-secret",
                  "token_endpoint_auth_method": "client_secret_post"}]}
                """);
        var secret = tv().secret();
        assertThat(secret).isPresent();
        assertThat(secret.get().toString()).doesNotContain("a-long-secret");
        apply("{\"clients\": [{\"client_id\": \"tv\", \"name\": \"Acme TV\"}]}");
        assertThat(tv().secret()).isEqualTo(secret);
    }

    @Test
    void the_issuer_stands_for_itself_in_grants() {
        apply(
                """
                {"client_grants": [{"client_id": "ops", "audience": "{issuer}/api/v2/",
                  "scope": ["read:users"]}]}
                """);
        assertThat(store.registered().clientGrant(new ClientId("ops"), ISSUER + "/api/v2/"))
                .isPresent();
    }

    @Test
    void a_logo_is_taken_in_and_a_changed_file_counts_as_a_change(@TempDir Path folder)
            throws IOException {
        var svg = Files.writeString(folder.resolve("logo.svg"), "<svg/>");
        var file = "{\"clients\": [{\"client_id\": \"tv\", \"logo\": \"%s\"}]}".formatted(svg);
        apply(file);
        var path = tv().logo().orElseThrow();
        assertThat(store.read(tx -> tx.logos().at(path)).orElseThrow().contentType())
                .isEqualTo("image/svg+xml");
        assertThat(apply(file)).isZero();
        Files.writeString(svg, "<svg><g/></svg>");
        assertThat(apply(file)).isOne();
        assertThat(tv().logo()).get().isNotEqualTo(path);
    }

    @Test
    void a_client_that_takes_to_keys_keeps_no_secret() {
        var client = "{\"clients\": [{\"client_id\": \"kiosk\", %s}]}";
        resources.apply(
                Documents.parse(
                        client.formatted(
                                """
                                "token_endpoint_auth_method": "client_secret_post",
                                "client_secret": "a-long-secret"
                                """)),
                ISSUER);
        assertThat(kiosk().secret()).isPresent();
        resources.apply(
                Documents.parse(
                        client.formatted(
                                """
                                "token_endpoint_auth_method": "private_key_jwt",
                                "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AQAB"}]}
                                """)),
                ISSUER);
        assertThat(kiosk().secret()).isEmpty();
        assertThat(kiosk().publicKeys()).singleElement().asString().contains("Ed25519");
    }

    private Client kiosk() {
        return store.registered().client(new ClientId("kiosk")).orElseThrow();
    }
}
