package tandem.fuzz;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tandem.model.Account;
import tandem.model.Client;
import tandem.oauth.ClientId;
import tandem.scenario.TestBrowser;
import tandem.scenario.TestDevice;
import tandem.scenario.TestTandem;

/// A person, an app and everything between them, of whom no input knows a name: codes pending and
/// approved, a linked device, a session, a consent. None of their rows may ever be written, and in
/// the end all of it must still serve.
final class Canary {
    private static final String USER = "usr_canary7d1f";
    private static final String EMAIL = "canary-7d1f@example.net";
    private static final String CLIENT = "canary-b52e";
    private static final String[] ASKS = {
        "scope", "openid offline_access read:library", "audience", TestTandem.API
    };

    private final TestDevice pending;
    private final TestDevice approved;
    private final TestDevice linked;
    private final TestBrowser browser;
    private final Set<Ledger.Written> rows = new HashSet<>();

    Canary(TestTandem tandem, Ledger ledger) throws SQLException {
        register(tandem);
        pending = tandem.device(CLIENT, ASKS);
        approved = tandem.device(CLIENT, ASKS);
        linked = tandem.device(CLIENT, ASKS);
        browser = tandem.browser().approves(approved, EMAIL, TestTandem.PASSWORD);
        browser.approves(linked, EMAIL, TestTandem.PASSWORD);
        must(linked.polls().status() == 200, "the canary cannot be linked");
        for (var table : List.of("device_authorization", "link", "consent", "client_grant")) {
            var column = table.equals("client_grant") ? "client_id" : "client";
            rows.addAll(ledger.rows(table, column, CLIENT));
        }
        rows.addAll(ledger.rows("client", "client_id", CLIENT));
        rows.addAll(ledger.rows("account", "user_id", USER));
        rows.addAll(ledger.rows("session", "user_id", USER));
        must(rows.size() == 8, "the canary has other rows than it should: " + rows);
    }

    boolean has(Ledger.Written written) {
        return rows.contains(new Ledger.Written(written.table(), "", written.row()));
    }

    /// Uses everything up.
    void serves() {
        must(pending.polls().error().equals("authorization_pending"), "no longer pending");
        must(approved.polls().status() == 200, "no longer approved");
        must(linked.refreshes().status() == 200, "no longer linked");
        must(browser.get("/account").status() == 200, "no longer signed in");
    }

    private static void register(TestTandem tandem) {
        var now = tandem.clock().instant();
        var ada = tandem.ada();
        var account =
                new Account(
                        USER,
                        java.util.Optional.of(EMAIL),
                        true,
                        ada.name(),
                        ada.password(),
                        java.util.Optional.empty(),
                        false,
                        false,
                        now,
                        now);
        tandem.server()
                .store()
                .write(tx -> {
                    var radio = tx.registered().client(new ClientId("radio")).orElseThrow();
                    tx.registry().put(like(radio));
                    return tx.accounts().add(account);
                });
    }

    private static Client like(Client other) {
        return new Client(
                new ClientId(CLIENT),
                "Canary",
                other.appType(),
                false,
                true,
                other.authenticationMethod(),
                other.secret(),
                other.publicKeys(),
                other.grantTypes(),
                other.refreshToken(),
                other.deviceAuthorization(),
                other.idTokenAlgorithm(),
                other.idTokenLifetime(),
                other.webOrigins(),
                other.connections(),
                other.logo());
    }

    private static void must(boolean kept, String otherwise) {
        if (!kept) {
            throw new AssertionError(otherwise);
        }
    }
}
