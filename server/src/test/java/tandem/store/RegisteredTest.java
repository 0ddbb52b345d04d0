package tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tandem.store.Records.api;
import static tandem.store.Records.client;
import static tandem.store.Records.hash;
import static tandem.store.TestDatabase.BUILT_IN;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tandem.model.ClientGrant;
import tandem.model.Connection;
import tandem.model.Connection.Strategy;
import tandem.model.Tenant;
import tandem.oauth.ClientId;
import tandem.oauth.Scopes;
import tandem.oauth.Sealed;
import tandem.oauth.UserCode;
import tandem.oauth.UserCodeFormat;

/// What is registered: one picture, changed by transactions.
class RegisteredTest extends StoreContract {

    private static final Tenant TENANT =
            new Tenant(
                    "Acme",
                    Optional.of("https://api.example/"),
                    new UserCodeFormat(UserCode.Charset.DIGITS, "***-***-***"),
                    false,
                    Optional.of("#aa3300"),
                    Optional.of("/logos/acme.png"));

    private static final Connection PASSWORDS =
            new Connection("passwords", Strategy.PASSWORD, "With a password", Optional.empty());

    private static final Connection CORP =
            new Connection(
                    "corp",
                    Strategy.OIDC,
                    "Acme staff",
                    Optional.of(
                            new Connection.Provider(
                                    "https://idp.example", "tandem", new Sealed("k1:s"))));

    private static final ClientGrant GRANT =
            new ClientGrant(
                    "cgr_1", new ClientId("ops"), BUILT_IN.identifier(), Scopes.of("read:clients"));

    @Test
    void at_first_there_is_the_standard_tenant_and_what_is_built_in() {
        var registered = store.registered();
        assertThat(registered.tenant()).isEqualTo(Tenant.STANDARD);
        assertThat(registered.apis().values()).containsExactly(BUILT_IN);
        assertThat(registered.clients()).isEmpty();
    }

    @Test
    void everything_is_read_as_it_was_registered_also_after_a_restart() {
        registerAll();
        assertAll();
        reopen();
        assertAll();
    }

    private void registerAll() {
        write(tx -> {
            tx.registry().put(TENANT);
            tx.registry().put(client("tv"));
            tx.registry().put(api("https://api.example/"));
            tx.registry().put(GRANT);
            tx.registry().put(PASSWORDS);
            tx.registry().put(CORP);
        });
    }

    private void assertAll() {
        var registered = store.registered();
        assertThat(registered.tenant()).isEqualTo(TENANT);
        assertThat(registered.clients().values()).containsExactly(client("tv"));
        assertThat(registered.apis().values())
                .containsExactlyInAnyOrder(BUILT_IN, api("https://api.example/"));
        assertThat(registered.clientGrants()).containsExactly(GRANT);
        assertThat(registered.connections()).containsExactly(PASSWORDS, CORP);
    }

    @Test
    void a_transaction_sees_its_own_changes_at_once_and_others_after_the_commit() {
        var before = store.registered();
        boolean seen =
                store.write(tx -> {
                    boolean unknown = tx.registered().client(new ClientId("tv")).isEmpty();
                    tx.registry().put(client("tv"));
                    assertThat(store.registered()).isSameAs(before);
                    return unknown && tx.registered().client(new ClientId("tv")).isPresent();
                });
        assertThat(seen).isTrue();
        assertThat(store.registered().client(new ClientId("tv"))).isPresent();
        assertThat(store.registered().revision()).isGreaterThan(before.revision());
    }

    @Test
    void a_change_that_is_rolled_back_is_seen_by_nobody() {
        var before = store.registered();
        assertThatThrownBy(() ->
                        write(tx -> {
                            tx.registry().put(client("tv"));
                            tx.registered();
                            throw new IllegalArgumentException("no");
                        }))
                .isInstanceOf(IllegalArgumentException.class);
        write(tx -> tx.registry().put(client("radio")));
        assertThat(before.clients()).isEmpty();
        assertThat(store.registered().clients().keySet()).containsExactly(new ClientId("radio"));
    }

    @Test
    void nothing_changed_is_the_same_picture() {
        registerAll();
        var picture = store.registered();
        var inside = store.write(Tx::registered);
        assertThat(inside).isSameAs(picture);
        var read = read(Tx::registered);
        assertThat(read).isSameAs(picture);
    }

    @Test
    void what_is_put_again_is_replaced_in_its_place() {
        registerAll();
        var renamed = new Connection("passwords", Strategy.PASSWORD, "Sign in", Optional.empty());
        var widened =
                new ClientGrant(
                        "cgr_2", GRANT.client(), GRANT.audience(), Scopes.of("delete:clients"));
        write(tx -> {
            tx.registry().put(renamed);
            tx.registry().put(widened);
        });
        assertThat(store.registered().connections()).containsExactly(renamed, CORP);
        assertThat(store.registered().clientGrants()).containsExactly(widened);
    }

    @Test
    void what_is_removed_is_gone_with_the_grants_that_name_it() {
        registerAll();
        write(tx -> tx.registry().put(client("ops")));
        assertThat(is(tx -> tx.registry().removeClient(new ClientId("ops")))).isTrue();
        assertThat(store.registered().clientGrants()).isEmpty();
        assertThat(is(tx -> tx.registry().removeClient(new ClientId("ops")))).isFalse();
        assertThat(is(tx -> tx.registry().removeApi("https://api.example/"))).isTrue();
        assertThat(is(tx -> tx.registry().removeConnection("corp"))).isTrue();
        assertThat(store.registered().apis().values()).containsExactly(BUILT_IN);
        assertThat(store.registered().connections()).containsExactly(PASSWORDS);
        write(tx -> tx.registry().put(GRANT));
        assertThat(is(tx -> tx.registry().removeClientGrant(GRANT.id()))).isTrue();
        assertThat(store.registered().clientGrants()).isEmpty();
    }

    @Test
    void what_is_built_in_stays() {
        assertThatThrownBy(() -> write(tx -> tx.registry().put(api(BUILT_IN.identifier()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(is(tx -> tx.registry().removeApi(BUILT_IN.identifier()))).isFalse();
        assertThat(store.registered().api(BUILT_IN.identifier())).contains(BUILT_IN);
    }

    @Test
    void what_was_applied_from_a_file_is_remembered_and_changes_no_revision() {
        var fingerprint = hash();
        var before = store.registered();
        write(tx -> tx.registry().applied("clients/tv", hash()));
        write(tx -> tx.registry().applied("clients/tv", fingerprint));
        assertFound(tx -> tx.registry().applied("clients/tv")).contains(fingerprint);
        assertFound(tx -> tx.registry().applied("clients/radio")).isEmpty();
        assertThat(store.registered()).isSameAs(before);
    }
}
